import {
  BeginDatasetUpload,
  ListDatasets,
  Name,
  type DatasetSummary,
  type DatasetVersion,
  type Page,
} from "@preceptor/domain";
import * as service from "@preceptor/services";
import { z } from "zod";
import { member, router } from "../trpc.ts";

const Get = z.strictObject({ name: Name, version: z.number().int().positive().optional() });
const Upload = z.strictObject({ uploadId: z.string().max(60) });

export interface DatasetPage {
  version: DatasetVersion;
  versions: { id: string; version: number; digest: string; createdAt: Date }[];
}

export const datasetRouter = router({
  list: member
    .input(ListDatasets)
    .query(({ ctx, input }): Promise<Page<DatasetSummary>> =>
      service.listDatasets(ctx.verb, input),
    ),
  get: member
    .input(Get)
    .query(({ ctx, input }): Promise<DatasetPage> => service.getDataset(ctx.verb, input)),
  beginUpload: member
    .input(BeginDatasetUpload)
    .mutation(({ ctx, input }): Promise<{ uploadId: string; missing: string[] }> =>
      service.beginDatasetUpload(ctx.verb, input),
    ),
  finishUpload: member
    .input(Upload)
    .mutation(({ ctx, input }): Promise<DatasetVersion> =>
      service.finishDatasetUpload(ctx.verb, input),
    ),
  abandonUpload: member
    .input(Upload)
    .mutation(({ ctx, input }): Promise<void> => service.abandonDatasetUpload(ctx.verb, input)),
});
