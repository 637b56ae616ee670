import type { Job } from "@preceptor/domain";
import { authorise } from "../access/authorise.ts";
import type { ServiceContext } from "../context.ts";
import { reading } from "../transaction.ts";
import { jobById } from "./view.ts";

export async function getJob(ctx: ServiceContext, input: { id: string }): Promise<Job> {
  authorise(ctx.caller, "job:read");
  return reading(ctx, (tx) => jobById(tx, input.id, ctx.now()));
}
