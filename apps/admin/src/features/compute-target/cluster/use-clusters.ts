import { queryClient, trpc } from "../../../api/client.ts";

/** After a change: the list as the provider has it now. */
export const reloadClusters = (target: string): Promise<void> =>
  queryClient.invalidateQueries({ queryKey: trpc.cluster.list.queryKey({ target }) });
