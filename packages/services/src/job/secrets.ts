import type { job, recipe } from "@preceptor/db";

/** Published evaluations alone write patients' pseudonyms into their reports. Whoever's own code had the key could undo them. */
export const hashesPatients = (
  { kind }: Pick<typeof job.$inferSelect, "kind">,
  used: Pick<typeof recipe.$inferSelect, "definition"> | null | undefined,
): boolean => kind === "evaluate" && used?.definition.kind === "evaluate";

/** The variables that are an attempt's secrets, however they come to its processes. */
export const secretsOf = (
  token: string,
  subjectKey: string | null,
): Readonly<Record<string, string>> => ({
  MLFLOW_TRACKING_TOKEN: token,
  ...(subjectKey === null ? {} : { PRECEPTOR_SUBJECT_KEY: subjectKey }),
});
