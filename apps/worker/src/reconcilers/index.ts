import type { Reconciler } from "../reconciler.ts";
import { deploymentReconciler } from "./deployment.ts";
import { jobReconciler } from "./job.ts";

/** One a noun that waits for something: a new one is a file here and a line below. */
export const createReconcilers = (): readonly Reconciler[] => [
  jobReconciler(),
  deploymentReconciler(),
];
