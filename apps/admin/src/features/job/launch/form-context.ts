import { createContext, useContext } from "react";
import { type Draft, type Path, textAt, valueAt } from "./draft.ts";
import type { Issue } from "./use-issues.ts";

export interface LaunchForm {
  readonly draft: Draft;
  readonly issues: readonly Issue[];
  /** Also shows what is merely not filled in yet. */
  readonly insist: boolean;
  readonly set: (path: Path, value: unknown) => void;
}
export const LaunchFormContext = createContext<LaunchForm | null>(null);

export function useLaunchForm(): LaunchForm {
  const form = useContext(LaunchFormContext);
  if (!form) throw new Error("a launch field stands outside of the launch form");
  return form;
}

/** A field's value and what is wrong with it. */
export function useField(path: Path) {
  const { draft, issues, insist, set } = useLaunchForm();
  const key = path.join(".");
  const filled = textAt(draft, path) !== "";
  const issue = issues.find(({ field }) => field === key);
  return {
    value: valueAt(draft, path),
    text: textAt(draft, path),
    error: issue && (filled || insist) ? issue.message : null,
    set: (value: unknown) => set(path, value),
  };
}
