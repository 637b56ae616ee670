import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useSubscription } from "@trpc/tanstack-react-query";
import { useThrottledCallback } from "@mantine/hooks";
import { trpc } from "../../api/client.ts";

/** Curves of up to five jobs; while `live`, read again (at most once a second) when the server says there are new points. */
export function useMetrics(jobIds: readonly string[], live: boolean) {
  const queryClient = useQueryClient();
  const input = { jobIds: [...jobIds], maxPoints: 600 };
  const metrics = useQuery(
    trpc.metric.read.queryOptions(input, {
      enabled: jobIds.length > 0,
      placeholderData: keepPreviousData,
    }),
  );
  const refresh = useThrottledCallback(
    () => void queryClient.invalidateQueries({ queryKey: trpc.metric.read.queryKey(input) }),
    1000,
  );
  useSubscription(
    trpc.metric.watch.subscriptionOptions(
      { jobIds: [...jobIds] },
      { enabled: live && jobIds.length > 0, onData: refresh },
    ),
  );
  return metrics;
}
