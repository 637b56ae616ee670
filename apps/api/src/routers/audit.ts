import { ListAudit, type AuditEntry, type Page } from "@preceptor/domain";
import * as service from "@preceptor/services";
import { member, router } from "../trpc.ts";

export const auditRouter = router({
  list: member
    .input(ListAudit)
    .query(({ ctx, input }): Promise<Page<AuditEntry>> => service.listAudit(ctx.verb, input)),
  /** A file that the verifier of @preceptor/attest reads without any server. */
  bundle: member.query(({ ctx }): ReturnType<typeof service.bundleAudit> =>
    service.bundleAudit(ctx.verb),
  ),
});
