import { DomainError } from "@preceptor/domain";
import {
  ensureExperiment,
  inOrganization,
  listExperiments,
  type Experiment,
} from "@preceptor/tracking";
import { authorise } from "../access/authorise.ts";
import type { ServiceContext } from "../context.ts";
import { reading } from "../transaction.ts";

export type { Experiment };

/** An attempt may read the names of its organization's experiments: the client asks for its own by name first. */
export async function findExperiments(ctx: ServiceContext): Promise<readonly Experiment[]> {
  if (ctx.caller.kind !== "attempt") authorise(ctx.caller, "metric:read");
  return reading(ctx, listExperiments);
}

/** Makes an experiment; `already-exists` when its name is taken. */
export async function createExperiment(
  ctx: ServiceContext,
  input: { name: string },
): Promise<Experiment> {
  if (ctx.caller.kind !== "attempt") authorise(ctx.caller, "job:submit");
  const { organizationId } = ctx.caller;
  const name = input.name.trim();
  if (name === "" || name.length > 500)
    throw new DomainError("invalid", "An experiment's name has 1 to 500 characters.", {
      field: "name",
    });
  return inOrganization(ctx.db, organizationId, async (tx) => {
    if ((await listExperiments(tx)).some((known) => known.name === name))
      throw new DomainError("already-exists", `Experiment '${name}' already exists.`, {
        field: "name",
      });
    return ensureExperiment(tx, organizationId, name);
  });
}
