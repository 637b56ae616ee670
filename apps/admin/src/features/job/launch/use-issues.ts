import { useDebouncedValue } from "@mantine/hooks";
import { JobSpec, type InputFault } from "@preceptor/domain";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { trpc } from "../../../api/client.ts";
import { asSentence, problemsIn } from "../../../api/problem.ts";
import type { Draft } from "./draft.ts";

export type Issue = InputFault;

function shapeIssues(draft: Draft): readonly Issue[] {
  const parsed = JobSpec.safeParse(draft);
  return problemsIn(parsed.error);
}

/** What is wrong with the draft: its shape at once, and what only the server knows (inputs, targets, recipe) shortly after. */
export function useIssues(draft: Draft | null) {
  const shape = useMemo(() => (draft ? shapeIssues(draft) : []), [draft]);
  const [settled] = useDebouncedValue(draft, 400);
  const server = useQuery(
    trpc.job.validate.queryOptions(
      { spec: settled },
      { enabled: settled !== null && shape.length === 0, placeholderData: keepPreviousData },
    ),
  );
  const checking = draft !== settled || server.isFetching;
  const fromServer = shape.length === 0 ? (server.data?.issues ?? []).map(asSentence) : [];
  return {
    issues: [...shape, ...fromServer],
    checking,
    error: server.error,
    ready: draft !== null && shape.length === 0 && !checking && server.data?.ok === true,
  };
}
