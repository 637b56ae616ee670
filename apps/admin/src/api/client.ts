import type { AppRouter } from "@preceptor/api";
import { QueryClient } from "@tanstack/react-query";
import { createTRPCClient, httpBatchLink, httpSubscriptionLink, splitLink } from "@trpc/client";
import { createTRPCOptionsProxy } from "@trpc/tanstack-react-query";
import { isRefusal } from "./error.ts";

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      // What the server refused stays refused; only a lost connection is worth asking again.
      retry: (failures, error) => failures < 2 && !isRefusal(error),
    },
  },
});

/** Calls outside of a query, e.g. one page of a list. */
export const client = createTRPCClient<AppRouter>({
  links: [
    splitLink({
      condition: (operation) => operation.type === "subscription",
      true: httpSubscriptionLink({ url: "/api/trpc" }),
      false: httpBatchLink({ url: "/api/trpc", maxURLLength: 12_000 }),
    }),
  ],
});

/** Query, mutation and subscription options of every procedure: `useQuery(trpc.job.get.queryOptions({ id }))`. */
export const trpc = createTRPCOptionsProxy<AppRouter>({ client, queryClient });
