interface RawIssue {
  readonly code?: string;
  readonly origin?: string;
  readonly minimum?: number | bigint;
  readonly maximum?: number | bigint;
  readonly input?: unknown;
}

/** A length rule in words, where a schema gives none of its own. */
export function plainIssue(issue: RawIssue): string | undefined {
  if (issue.origin !== "string") return undefined;
  if (issue.code === "too_small")
    return issue.input === ""
      ? "Fill this in."
      : `Write at least ${issue.minimum ?? 1} characters.`;
  if (issue.code === "too_big") return `Write at most ${issue.maximum ?? 0} characters.`;
  return undefined;
}
