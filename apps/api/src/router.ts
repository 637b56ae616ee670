import { accessRouter } from "./routers/access.ts";
import { auditRouter } from "./routers/audit.ts";
import { checkpointRouter } from "./routers/checkpoint.ts";
import { clusterRouter } from "./routers/cluster.ts";
import { computeTargetRouter } from "./routers/compute-target.ts";
import { datasetRouter } from "./routers/dataset.ts";
import { deploymentRouter } from "./routers/deployment.ts";
import { downloadRouter } from "./routers/download.ts";
import { evaluationRouter } from "./routers/evaluation.ts";
import { jobRouter } from "./routers/job.ts";
import { lineageRouter } from "./routers/lineage.ts";
import { metricRouter } from "./routers/metric.ts";
import { modelRouter } from "./routers/model.ts";
import { overviewRouter } from "./routers/overview.ts";
import { promotionRouter } from "./routers/promotion.ts";
import { recipeRouter } from "./routers/recipe.ts";
import { retentionRouter } from "./routers/retention.ts";
import { searchRouter } from "./routers/search.ts";
import { router } from "./trpc.ts";

export const appRouter = router({
  access: accessRouter,
  audit: auditRouter,
  checkpoint: checkpointRouter,
  cluster: clusterRouter,
  computeTarget: computeTargetRouter,
  dataset: datasetRouter,
  download: downloadRouter,
  deployment: deploymentRouter,
  evaluation: evaluationRouter,
  job: jobRouter,
  lineage: lineageRouter,
  metric: metricRouter,
  model: modelRouter,
  overview: overviewRouter,
  promotion: promotionRouter,
  recipe: recipeRouter,
  retention: retentionRouter,
  search: searchRouter,
});
/** What the web UI and the CLI import, as a type only. */
export type AppRouter = typeof appRouter;
