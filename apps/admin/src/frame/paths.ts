/** The one address of each thing: screens link with these, never with text of their own. */
const encode = encodeURIComponent;
const versioned = (base: string, name: string, version?: number | null): string =>
  `${base}/${encode(name)}${version ? `?version=${version}` : ""}`;

export const pathOf = {
  overview: () => "/",
  jobs: () => "/jobs",
  job: (id: string) => `/jobs/${encode(id)}`,
  launch: (fromJobId?: string) => `/jobs/new${fromJobId ? `?from=${encode(fromJobId)}` : ""}`,
  compare: (ids: readonly string[]) => `/compare?ids=${ids.map(encode).join(",")}`,
  datasets: () => "/datasets",
  dataset: (name: string, version?: number | null) => versioned("/datasets", name, version),
  models: () => "/models",
  model: (name: string, version?: number | null) => versioned("/models", name, version),
  evaluations: () => "/evaluations",
  evaluation: (id: string) => `/evaluations/${encode(id)}`,
  promotions: () => "/promotions",
  promotion: (id: string) => `/promotions/${encode(id)}`,
  requestPromotion: (model?: string) => `/promotions/new${model ? `?model=${encode(model)}` : ""}`,
  deployments: () => "/deployments",
  deployment: (id: string) => `/deployments/${encode(id)}`,
  lineage: (kind: string, id: string) => `/lineage?kind=${encode(kind)}&id=${encode(id)}`,
  compute: () => "/compute",
  computeTarget: (name: string) => `/compute/${encode(name)}`,
  defineTarget: (from?: string) => `/define-target${from ? `?from=${encode(from)}` : ""}`,
  audit: (noun?: string) => `/audit${noun ? `?noun=${encode(noun)}` : ""}`,
  members: () => "/members",
  retention: () => "/retention",
};

/** Address of what a list of mixed kinds points at; null for a kind that has no page. */
export function pathOfKind(kind: string, id: string): string | null {
  if (kind === "job") return pathOf.job(id);
  if (kind === "promotion") return pathOf.promotion(id);
  if (kind === "evaluation") return pathOf.evaluation(id);
  if (kind === "deployment") return pathOf.deployment(id);
  if (kind === "compute-target") return pathOf.computeTarget(id);
  return null;
}
