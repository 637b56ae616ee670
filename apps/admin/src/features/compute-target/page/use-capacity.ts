import { useQuery } from "@tanstack/react-query";
import { trpc } from "../../../api/client.ts";

/** Asked again every half minute; a cloud counts how often it is read. */
export const useCapacity = (target: string) =>
  useQuery(
    trpc.computeTarget.capacity.queryOptions({ target }, { refetchInterval: 30_000, retry: false }),
  );
