import type { Session } from "./session.ts";

type Api = Session["api"];
/** What the server sends: the nouns of domain with their dates as text. */
export type Job = Awaited<ReturnType<Api["job"]["get"]["query"]>>;
export type Attempt = Job["attemptList"][number];
export type MetricKey = Awaited<ReturnType<Api["metric"]["keys"]["query"]>>[number];
export type DatasetVersion = Awaited<ReturnType<Api["dataset"]["get"]["query"]>>["version"];
export type Cluster = Awaited<ReturnType<Api["cluster"]["list"]["query"]>>[number];
export type Promotion = Awaited<ReturnType<Api["promotion"]["get"]["query"]>>;
export type Evaluation = Awaited<ReturnType<Api["evaluation"]["get"]["query"]>>;
export type EvaluationComparison = Awaited<ReturnType<Api["evaluation"]["compare"]["query"]>>;
export type EvaluationSuite = Awaited<ReturnType<Api["evaluation"]["suites"]["query"]>>[number];
export type Checkpoint = Awaited<ReturnType<Api["checkpoint"]["list"]["query"]>>[number];
export type Deployment = Awaited<ReturnType<Api["deployment"]["get"]["query"]>>;
export type Policy = Awaited<ReturnType<Api["promotion"]["policies"]["query"]>>[number];
export type MetricSeries = Awaited<ReturnType<Api["metric"]["read"]["query"]>>[number];
