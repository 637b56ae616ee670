import { DomainError, type Caller } from "@preceptor/domain";
import { authenticateAttempt } from "@preceptor/services";
import type { ApiContext } from "../context.ts";

/** An attempt by its bearer token, or a signed-in member (cookie or bearer) who looks at runs with the client. */
export async function mlflowCaller(context: ApiContext): Promise<Caller> {
  const [scheme, token] = context.headers.get("authorization")?.split(" ") ?? [];
  const attempt =
    scheme?.toLowerCase() === "bearer" && token ? await attemptOf(context, token) : null;
  if (attempt) return attempt;
  const identity = await context.identity();
  if (identity?.caller) return identity.caller;
  throw new DomainError(
    "unauthenticated",
    "Give a bearer token that is still good: MLFLOW_TRACKING_TOKEN is in a job's environment.",
  );
}

/** null where the token is no attempt's: it may be a member's session. A stale attempt is refused at once. */
const attemptOf = (context: ApiContext, token: string): Promise<Caller | null> =>
  authenticateAttempt(context.edge, token).then(
    ({ caller }) => caller,
    (error: unknown) => {
      if (error instanceof DomainError && error.code === "unauthenticated") return null;
      throw error;
    },
  );
