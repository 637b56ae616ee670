import { deployment } from "@preceptor/db";
import type { Deployment, ListDeployments, Page } from "@preceptor/domain";
import { and, desc, eq } from "drizzle-orm";
import { authorise } from "../access/authorise.ts";
import type { ServiceContext } from "../context.ts";
import { newestFirst, olderThan } from "../newest-first.ts";
import { reading } from "../transaction.ts";
import { selectDeployments, showDeployment } from "./view.ts";

/** Deployments, newest first; of one purpose where asked. */
export async function listDeployments(
  ctx: ServiceContext,
  input: ListDeployments,
): Promise<Page<Deployment>> {
  authorise(ctx.caller, "deployment:read");
  return reading(ctx, async (tx) => {
    const rows = await selectDeployments(tx)
      .where(
        and(
          input.purpose === undefined ? undefined : eq(deployment.purpose, input.purpose),
          olderThan(input.cursor, deployment.createdAt, deployment.id),
        ),
      )
      .orderBy(desc(deployment.createdAt), desc(deployment.id))
      .limit(input.limit + 1);
    return newestFirst(
      rows,
      input.limit,
      (row) => ({ at: row.deployment.createdAt, id: row.deployment.id }),
      showDeployment,
    );
  });
}
