import {
  Name,
  PageInput,
  ReadTraffic,
  ShareDeployment,
  type Deployment,
  type Page,
  RollBackDeployment,
  StopDeployment,
  type PurposeTraffic,
} from "@preceptor/domain";
import * as service from "@preceptor/services";
import { z } from "zod";
import { member, router } from "../trpc.ts";

const Id = z.strictObject({ id: z.string().max(60) });

export const deploymentRouter = router({
  list: member
    .input(PageInput.extend({ purpose: Name.optional() }))
    .query(({ ctx, input }): Promise<Page<Deployment>> => service.listDeployments(ctx.verb, input)),
  get: member
    .input(Id)
    .query(({ ctx, input }): Promise<Deployment> => service.getDeployment(ctx.verb, input)),
  traffic: member
    .input(ReadTraffic)
    .query(({ ctx, input }): Promise<PurposeTraffic> => service.readTraffic(ctx.verb, input)),
  share: member
    .input(ShareDeployment)
    .mutation(({ ctx, input }): Promise<Deployment> => service.shareDeployment(ctx.verb, input)),
  rollBack: member
    .input(RollBackDeployment)
    .mutation(({ ctx, input }): Promise<Deployment> => service.rollBackDeployment(ctx.verb, input)),
  stop: member
    .input(StopDeployment)
    .mutation(({ ctx, input }): Promise<Deployment> => service.stopDeployment(ctx.verb, input)),
});
