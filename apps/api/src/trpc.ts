import { assertStorable, DomainError } from "@preceptor/domain";
import { initTRPC, TRPCError } from "@trpc/server";
import { ZodError } from "zod";
import type { ApiContext } from "./context.ts";
import { answers, fieldsOf, messageOf, NOT_JSON, SEND_JSON, UNEXPECTED } from "./errors.ts";

const t = initTRPC.context<ApiContext>().create({
  sse: {
    ping: { enabled: true, intervalMs: 10_000 },
    client: { reconnectAfterInactivityMs: 30_000 },
  },
  errorFormatter: ({ shape, error }) => {
    const known = messageOf(error.cause);
    const ours = error.code === "INTERNAL_SERVER_ERROR" && known === null;
    const { stack: _, ...data } = shape.data;
    return {
      ...shape,
      message: ours ? UNEXPECTED : (known ?? wordingOf(error) ?? shape.message),
      data: {
        ...data,
        domainCode: error.cause instanceof DomainError ? error.cause.code : null,
        fields: fieldsOf(error.cause),
      },
    };
  },
});

/** What the transport says of a request that no procedure saw. */
function wordingOf({ code, cause }: TRPCError): string | null {
  if (code === "UNSUPPORTED_MEDIA_TYPE") return SEND_JSON;
  return cause instanceof SyntaxError ? NOT_JSON : null;
}

export const router = t.router;

/** Whatever a verb throws gets its code once, here; what is not ours stays an internal error without its text. */
const answering = t.middleware(async ({ next, ctx, path }) => {
  const result = await next();
  if (result.ok) return result;
  const { cause } = result.error;
  if (cause instanceof DomainError)
    throw new TRPCError({ code: answers[cause.code].trpc, message: cause.message, cause });
  if (result.error.code === "INTERNAL_SERVER_ERROR" && !(cause instanceof ZodError))
    ctx.log.error({ err: cause ?? result.error, procedure: path }, "a procedure failed");
  throw result.error;
});

const storable = t.middleware(async ({ next, getRawInput }) => {
  assertStorable(await getRawInput());
  return next();
});

/** The ladder: anyone -> somebody who signed in -> a member of the organization they look at. */
export const open = t.procedure.use(answering).use(storable);

export const signedIn = open.use(async ({ ctx, next }) => {
  const identity = await ctx.identity();
  if (!identity) throw new DomainError("unauthenticated", "Sign in first.");
  return next({ ctx: { ...ctx, signedIn: identity } });
});

export const member = signedIn.use(({ ctx, next }) => {
  const { caller } = ctx.signedIn;
  if (!caller)
    throw new DomainError(
      "forbidden",
      "You are not a member of an organization. Ask to be invited.",
    );
  return next({ ctx: { ...ctx, verb: ctx.services(caller) } });
});
