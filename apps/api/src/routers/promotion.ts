import {
  CastVote,
  DefinePolicy,
  PageInput,
  promotionStatuses,
  RequestPromotion,
  type Dossier,
  type Page,
  type Policy,
  type Promotion,
} from "@preceptor/domain";
import * as service from "@preceptor/services";
import { z } from "zod";
import { member, router } from "../trpc.ts";

const Id = z.strictObject({ id: z.string().max(60) });
const Revoke = Id.extend({ reason: z.string().trim().min(10).max(4000) });
const List = PageInput.extend({ status: z.enum(promotionStatuses).optional() });

export const promotionRouter = router({
  policies: member.query(({ ctx }): Promise<readonly Policy[]> => service.listPolicies(ctx.verb)),
  definePolicy: member
    .input(DefinePolicy)
    .mutation(({ ctx, input }): Promise<Policy> => service.definePolicy(ctx.verb, input)),
  preview: member
    .input(RequestPromotion)
    .query(({ ctx, input }): Promise<Dossier> => service.previewPromotion(ctx.verb, input)),
  request: member
    .input(RequestPromotion)
    .mutation(({ ctx, input }): Promise<Promotion> => service.requestPromotion(ctx.verb, input)),
  list: member
    .input(List)
    .query(({ ctx, input }): Promise<Page<Promotion>> => service.listPromotions(ctx.verb, input)),
  get: member
    .input(Id)
    .query(({ ctx, input }): Promise<Promotion> => service.getPromotion(ctx.verb, input)),
  vote: member
    .input(CastVote)
    .mutation(({ ctx, input }): Promise<Promotion> => service.castVote(ctx.verb, input)),
  withdraw: member
    .input(Id)
    .mutation(({ ctx, input }): Promise<Promotion> => service.withdrawPromotion(ctx.verb, input)),
  revoke: member
    .input(Revoke)
    .mutation(({ ctx, input }): Promise<Promotion> => service.revokePromotion(ctx.verb, input)),
});
