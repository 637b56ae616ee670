import { Refusal, type Answer } from "./answer.ts";
import { change } from "./job/status.ts";
import type { Fault } from "./faults.ts";
import type { FakeRequest } from "./router.ts";
import { refuse } from "./token.ts";
import type { World } from "./world.ts";
import { laggedBody, withStatusWord, withoutGpus, withZeroLimits } from "./fault-bodies.ts";

/** What is written instead of, or as, an answer. */
export type Outcome =
  | { readonly kind: "answer"; readonly answer: Answer }
  | { readonly kind: "raw"; readonly status: number; readonly type: string; readonly text: string }
  | { readonly kind: "hang-up" };

type Of<K extends Fault["kind"]> = Extract<Fault, { kind: K }>;

interface Effect<F> {
  /** Instead of the effect; null lets it happen. */
  readonly before?: (fault: F, request: FakeRequest, world: World) => Outcome | null;
  /** Once it has happened. */
  readonly after?: (fault: F, answer: Answer, request: FakeRequest, world: World) => Outcome;
}

const answered = (answer: Answer): Outcome => ({ kind: "answer", answer });
const refused = (status: number, code: string, message: string, headers = {}): Outcome =>
  answered(new Refusal(status, code, message, headers).answer());

const serverError = ({ status = 500 }: Of<"server-error">): Outcome =>
  refused(status, "InternalServerError", "The server encountered an internal error. Please retry.");
const asked = ({ code, status, message }: Of<"error">): Outcome => refused(status, code, message);
const hangUp = (): Outcome => ({ kind: "hang-up" });
const isQuota = ({ url }: FakeRequest): boolean => /\/(usages|quotas)$/.test(url.pathname);
const isSizes = ({ url }: FakeRequest): boolean => url.pathname.endsWith("/vmSizes");

const effects: { readonly [K in Fault["kind"]]: Effect<Of<K>> } = {
  throttle: {
    before: ({ retryAfterSeconds }) =>
      refused(
        429,
        "TooManyRequests",
        "The request was throttled because the limit of this subscription is reached.",
        retryAfterSeconds === undefined ? {} : { "retry-after": String(retryAfterSeconds) },
      ),
  },
  "server-error": moments(serverError),
  error: moments(asked),
  "hang-up": moments(hangUp),
  html: {
    before: ({ status = 502 }) => ({
      kind: "raw",
      status,
      type: "text/html",
      text: "<html><head><title>Bad Gateway</title></head><body><h1>Our services aren't available right now</h1></body></html>",
    }),
  },
  "broken-json": {
    after(_, { status, body }) {
      const text = JSON.stringify(body ?? { value: "cut" });
      const half = text.slice(0, Math.ceil(text.length / 2));
      return { kind: "raw", status, type: "application/json", text: half };
    },
  },
  "status-word": {
    after: ({ word }, answer) => answered({ ...answer, body: withStatusWord(answer.body, word) }),
  },
  lag: {
    after: ({ ms }, answer, _, world) =>
      answered({ ...answer, body: laggedBody(world, answer.body, Date.now() - ms) }),
  },
  preempt: {
    after({ shape, afterMs }, answer, { params }, world) {
      const at = new Date(Date.now() + afterMs).toISOString();
      if (answer.status < 300) change(world, params["name"] ?? "", { preemption: { shape, at } });
      return answered(answer);
    },
  },
  stall: {
    after({ phase }, answer, { params }, world) {
      if (answer.status < 300) change(world, params["name"] ?? "", { stall: phase });
      return answered(answer);
    },
  },
  "endless-cancel": {
    before(_, { params }, world) {
      change(world, params["name"] ?? "", { cancelStuck: true });
      return null;
    },
  },
  conflict: {
    before: () =>
      refused(
        409,
        "Conflict",
        "Another operation is in progress on this resource: try again later.",
      ),
  },
  redirect: {
    before: ({ origin }, { url }) =>
      answered({ status: 307, headers: { location: `${origin}${url.pathname}${url.search}` } }),
  },
  "foreign-link": {
    after({ origin }, answer, _, world) {
      const moved = (text: string): string => text.replaceAll(world.origin, origin);
      const headers = Object.entries(answer.headers ?? {}).map(([name, value]) => [
        name,
        moved(value),
      ]);
      const body: unknown =
        answer.body === undefined ? undefined : JSON.parse(moved(JSON.stringify(answer.body)));
      return answered({ ...answer, headers: Object.fromEntries(headers), body });
    },
  },
  "quota-zero": {
    before: (_, request) =>
      isQuota(request)
        ? null
        : refused(
            400,
            "ClusterCoreQuotaReached",
            "Operation results in exceeding quota limits of resource type AmlCompute. Maximum allowed: 0, Current in use: 0, Additional requested: 24.",
          ),
    after: (_, answer) => answered({ ...answer, body: withZeroLimits(answer.body) }),
  },
  "role-missing": {
    before: (_, { method, url }, { names }) =>
      refused(
        403,
        "AuthorizationFailed",
        `The client '${names.clientId}' with object id '${names.principalId}' does not have authorization to perform action '${actionOf(method, url)}' over scope '${url.pathname}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
      ),
  },
  "expired-credential": {
    before: (_, { url }) =>
      url.pathname.endsWith("/token") && url.pathname.includes("oauth2")
        ? answered(
            refuse(401, "invalid_client", 7000222, "The provided client secret keys are expired."),
          )
        : refused(
            401,
            "ExpiredAuthenticationToken",
            "The access token expiry UTC time is earlier than current UTC time.",
          ),
  },
  "wrong-subscription": {
    before: (_, { url }) =>
      refused(
        404,
        "SubscriptionNotFound",
        `The subscription '${url.pathname.split("/")[2]}' could not be found.`,
      ),
  },
  "unknown-vm-size": {
    before: () =>
      refused(
        400,
        "InvalidVMSize",
        "The specified VM size is not valid or not supported in this region.",
      ),
  },
  "region-without-sku": {
    before: (_, request, { names }) =>
      isSizes(request)
        ? null
        : refused(
            409,
            "SkuNotAvailable",
            `The requested size is currently not available in location '${names.region}' for subscription '${names.subscriptionId}'. Please try another size or deploy to a different location.`,
          ),
    after: (_, answer) => answered({ ...answer, body: withoutGpus(answer.body) }),
  },
};

function moments<F extends { readonly after?: boolean | undefined }>(
  outcome: (fault: F) => Outcome,
): Effect<F> {
  return {
    before: (fault) => (fault.after ? null : outcome(fault)),
    after: (fault) => outcome(fault),
  };
}

/** `workspaces/jobs/write`, as role assignments name it. */
function actionOf(method: string, { pathname }: URL): string {
  const nouns = pathname.split("/providers/")[1]?.split("/") ?? [];
  const verbs: Readonly<Record<string, string>> = { GET: "read", DELETE: "delete", POST: "action" };
  const named = nouns.filter((_, index) => index === 0 || index % 2 === 1);
  return [...named, verbs[method] ?? "write"].join("/");
}

/** The union of faults and the table of effects meet here: each fault goes to the effect of its own kind. */
export function effectOf(fault: Fault | null): {
  before: (request: FakeRequest, world: World) => Outcome | null;
  after: (answer: Answer, request: FakeRequest, world: World) => Outcome;
} {
  const effect = fault === null ? {} : (effects[fault.kind] as Effect<Fault>);
  return {
    before: (request, world) =>
      fault && effect.before ? effect.before(fault, request, world) : null,
    after: (answer, request, world) =>
      fault && effect.after ? effect.after(fault, answer, request, world) : answered(answer),
  };
}
