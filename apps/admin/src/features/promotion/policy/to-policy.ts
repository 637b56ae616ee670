import { DefinePolicy, type Gate } from "@preceptor/domain";
import { problemsOf } from "../../../api/problem.ts";

export interface PolicyDraft {
  readonly name: string;
  readonly title: string;
  readonly stage: DefinePolicy["stage"];
  readonly suite: string;
  readonly floor: number | string;
  readonly margin: number | string;
  readonly patients: number | string;
  readonly approvals: number | string;
  readonly validityDays: number | string;
}

const given = (value: number | string): value is number => typeof value === "number";

/** Validity and leakage are always asked; the other gates where their figure is given. */
export function toPolicy(draft: PolicyDraft): unknown {
  const { suite, floor, margin, patients } = draft;
  const gates: Gate[] = [
    { gate: "validity", suite },
    { gate: "leakage", suite },
  ];
  if (given(floor)) gates.push({ gate: "floor", suite, atLeast: floor });
  if (given(patients)) gates.push({ gate: "sample-size", suite, patients });
  if (given(margin)) gates.push({ gate: "non-inferiority", suite, margin });
  return {
    name: draft.name,
    title: draft.title.trim() || draft.name,
    stage: draft.stage,
    gates,
    approvals: draft.approvals,
    // The first model for a purpose has nothing to be compared with.
    acceptNotRun: given(margin) ? ["non-inferiority"] : [],
    validityDays: draft.validityDays,
  };
}

/** The draft's own names of what the policy calls a gate. */
function draftField(field: string): string {
  const [first = "", ...rest] = field.split(".");
  const last = rest.at(-1) ?? first;
  return first === "gates" ? (last === "atLeast" ? "floor" : last) : first;
}

export function problemsInDraft(draft: PolicyDraft): Record<string, string> {
  const problems = problemsOf(DefinePolicy, toPolicy(draft), draftField);
  return draft.suite === "" ? { ...problems, suite: "Choose a suite" } : problems;
}
