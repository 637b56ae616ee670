import { DomainError, type ComputeTarget } from "@preceptor/domain";
import type { ServiceContext } from "../context.ts";

/** A provider's refusal in our words goes on to whoever asked; anything else is logged here and told as one sentence. */
export async function asking<T>(
  ctx: Pick<ServiceContext, "log">,
  target: ComputeTarget,
  ask: () => Promise<T>,
): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof DomainError) throw error;
    ctx.log.warn({ target: target.id, error }, "a compute target did not answer");
    throw new DomainError(
      "unavailable",
      `${target.name} does not answer now. Try again, or let an operator check it under Compute.`,
      { cause: error },
    );
  }
}
