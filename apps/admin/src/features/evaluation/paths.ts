/** Addresses inside the evaluations, beside those of `frame/paths.ts`. */
export const suitesPath = (): string => "/evaluations?tab=suites";
export const defineSuitePath = (from?: string): string =>
  `/evaluations/define-suite${from ? `?from=${encodeURIComponent(from)}` : ""}`;
export const compareEvaluationsPath = (candidate?: string, other?: string): string => {
  const search = new URLSearchParams();
  if (candidate) search.set("candidate", candidate);
  if (other) search.set("other", other);
  return `/evaluations/compare${search.size > 0 ? `?${search.toString()}` : ""}`;
};
