export * from "./world.ts";
export * from "./a-trained-model.ts";
export * from "./a-complete-evaluation.ts";
export * from "./an-open-promotion.ts";
export * from "./a-cloud.ts";
export * from "./a-running-job.ts";
