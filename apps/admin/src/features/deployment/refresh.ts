import { queryClient, trpc } from "../../api/client.ts";

/** After a change of what answers: every screen that shows deployments asks again. */
export const refreshDeployments = () =>
  Promise.all([
    queryClient.invalidateQueries({ queryKey: trpc.deployment.pathKey() }),
    queryClient.invalidateQueries({ queryKey: ["pages", "deployments"] }),
  ]);
