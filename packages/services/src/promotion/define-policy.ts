import { digestOf } from "@preceptor/attest";
import { policy } from "@preceptor/db";
import { DomainError, type DefinePolicy, type Policy } from "@preceptor/domain";
import { desc, eq, sql } from "drizzle-orm";
import { authorise } from "../access/authorise.ts";
import { record } from "../audit/record.ts";
import type { ServiceContext } from "../context.ts";
import { suiteByReference } from "../evaluation/suite.ts";
import { transaction } from "../transaction.ts";
import { showPolicy } from "./policy.ts";

/** Makes the next version of a policy; the same definition again is the version it already has. */
export async function definePolicy(ctx: ServiceContext, input: DefinePolicy): Promise<Policy> {
  authorise(ctx.caller, "policy:define");
  if (input.signature === "passkey")
    throw new DomainError(
      "invalid",
      "Votes are signed with a password; passkeys are not offered.",
      {
        field: "signature",
      },
    );
  const { organizationId } = ctx.caller;
  return transaction(ctx, async (tx) => {
    for (const [i, gate] of input.gates.entries())
      await suiteByReference(tx, gate.suite, `gates.${i}.suite`);
    // Two definitions of one name wait for each other: their versions stay consecutive.
    await tx.execute(
      sql`select pg_advisory_xact_lock(hashtextextended(${`policy:${organizationId}:${input.name}`}, 0))`,
    );
    const [latest] = await tx
      .select()
      .from(policy)
      .where(eq(policy.name, input.name))
      .orderBy(desc(policy.version))
      .limit(1);
    if (latest && digestOf(latest.definition) === digestOf(input)) return showPolicy(latest);
    const version = (latest?.version ?? 0) + 1;
    const row = {
      id: ctx.newId("policy"),
      organizationId,
      name: input.name,
      version,
      digest: digestOf({ version, definition: input }),
      definition: input,
      createdAt: ctx.now(),
    };
    await tx.insert(policy).values(row);
    await record(tx, ctx, {
      action: "policy.define",
      noun: "policy",
      nounId: row.id,
      before: latest?.definition,
      after: row,
      evidence: row.digest,
    });
    return showPolicy(row);
  });
}
