import { DomainError, type Caller } from "@preceptor/domain";
import { authenticateAttempt } from "@preceptor/services";
import type { ApiContext } from "../context.ts";

/** An attempt by its bearer token, or a signed-in member (cookie or bearer) who looks at runs with the client. */
export async function mlflowCaller(context: ApiContext): Promise<Caller> {
  const identity = await context.identity();
  if (identity?.caller) return identity.caller;
  const [scheme, token] = context.headers.get("authorization")?.split(" ") ?? [];
  if (scheme?.toLowerCase() !== "bearer" || !token)
    throw new DomainError(
      "unauthenticated",
      "Give a bearer token: MLFLOW_TRACKING_TOKEN is in a job's environment.",
    );
  return (await authenticateAttempt(context.edge, token)).caller;
}
