import {
  ListModels,
  Name,
  RegisterModel,
  type ModelSummary,
  type ModelVersion,
  type Page,
} from "@preceptor/domain";
import * as service from "@preceptor/services";
import { z } from "zod";
import { member, router } from "../trpc.ts";

const Get = z.strictObject({ name: Name, version: z.number().int().positive().optional() });

export interface ModelPage {
  version: ModelVersion;
  versions: readonly { id: string; version: number; digest: string; createdAt: Date }[];
}

export const modelRouter = router({
  list: member
    .input(ListModels)
    .query(({ ctx, input }): Promise<Page<ModelSummary>> => service.listModels(ctx.verb, input)),
  get: member
    .input(Get)
    .query(({ ctx, input }): Promise<ModelPage> => service.getModel(ctx.verb, input)),
  register: member
    .input(RegisterModel)
    .mutation(({ ctx, input }): Promise<ModelVersion> => service.registerModel(ctx.verb, input)),
});
