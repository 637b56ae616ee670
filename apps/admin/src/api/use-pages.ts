import { useInfiniteQuery } from "@tanstack/react-query";

interface Paged<Row> {
  readonly items: readonly Row[];
  readonly nextCursor: string | null;
}

/**
 * Rows of a keyset-paged list and what a DataTable needs to load more:
 * `usePages(["jobs", filter], (cursor) => client.job.list.query({ ...filter, ...cursor }))`.
 */
export function usePages<Row>(
  key: readonly unknown[],
  load: (page: { cursor?: string }) => Promise<Paged<Row>>,
  options: { refetchInterval?: number } = {},
) {
  const query = useInfiniteQuery({
    queryKey: ["pages", ...key],
    queryFn: ({ pageParam }) => load(pageParam === null ? {} : { cursor: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: (previous) => previous,
    ...options,
  });
  return {
    rows: query.data?.pages.flatMap((page) => page.items),
    error: query.data ? null : query.error,
    onRetry: () => void query.refetch(),
    more: {
      has: query.hasNextPage,
      loading: query.isFetchingNextPage,
      load: () => void query.fetchNextPage(),
    },
  };
}
