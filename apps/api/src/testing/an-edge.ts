import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { computeProviders } from "@preceptor/compute";
import { account, deviceCode, session, user, verification } from "@preceptor/db";
import { testDatabase } from "@preceptor/db/testing";
import { composeId, type Role } from "@preceptor/domain";
import { createSigner, offerSetUp } from "@preceptor/services";
import { filesystemStore } from "@preceptor/storage/filesystem";
import { createMetrics } from "@preceptor/telemetry";
import { onTestFinished } from "vitest";
import { createAuth } from "../auth.ts";
import { followChanges } from "../changes.ts";
import type { EdgeServices } from "../context.ts";
import { attemptTokensOf } from "../attempt-routes.ts";
import { grantsOf } from "../downloads/grant.ts";
import { buildServer } from "../server.ts";
import { cheapPasswords } from "./cheap-passwords.ts";
import { readOrMakeSigningKey } from "../signing-key.ts";

export const PASSWORD = "correct horse battery";
const localTarget = {
  maxNodes: 4,
  maxProcessesPerNode: 2,
  diskQuotaBytes: 1e9,
  logLimitBytes: 1e6,
};

/** The whole edge on a port of its own, with a database of its own; nobody can sign in yet. */
export async function anEdge({ trustedProxies = [] }: { trustedProxies?: string[] } = {}) {
  const database = await testDatabase();
  const root = mkdtempSync(join(tmpdir(), "preceptor-edge-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const said: unknown[] = [];
  const log = {
    info() {},
    warn: (fields: object, message: string) => void said.push({ fields, message }),
    error: (fields: object, message: string) => void said.push({ fields, message }),
  };
  const origin = "http://127.0.0.1:4600";
  const auth = createAuth({
    db: database.db,
    tables: { user, session, account, verification, deviceCode },
    secret: randomBytes(32).toString("hex"),
    publicUrl: origin,
    trustedOrigins: [origin],
    warn: (message) => log.warn({}, message),
    passwords: cheapPasswords,
  });
  const services: EdgeServices = {
    db: database.db,
    now: () => new Date(),
    newId: (noun) => composeId(noun, Date.now(), randomBytes(10)),
    log,
    store: filesystemStore({ root: join(root, "storage") }),
    signer: createSigner(readOrMakeSigningKey(join(root, "keys", "server.pem"))),
    confirmPassword: auth.confirmPassword,
    hashPassword: auth.hashPassword,
    compute: computeProviders({}),
  };
  const changes = await followChanges((onPayload) => database.sql.listen("changed", onPayload));
  const server = await buildServer({
    services,
    auth,
    changes,
    grants: grantsOf(randomBytes(32).toString("hex")),
    attemptTokens: attemptTokensOf(randomBytes(32).toString("hex")),
    metrics: createMetrics("api"),
    publicUrl: origin,
    trustedOrigins: [origin],
    adminDist: join(root, "no-admin"),
    localTarget,
    welcome: async () => {},
    isReady: async () => true,
    trustedProxies,
  });
  // Attempts to sign in are counted by address, for the whole process: who is not behind a proxy comes from this edge's own.
  const address = `10.${[...randomBytes(3)].join(".")}`;
  server.addHook("onRequest", async (request) => {
    if (trustedProxies.length === 0) Object.defineProperty(request, "ip", { value: address });
  });
  const url = await server.listen({ host: "127.0.0.1", port: 0 });
  onTestFinished(async () => {
    await server.close();
    await changes.close();
  });
  return { ...database, url, origin, services, server, said };
}
export type Edge = Awaited<ReturnType<typeof anEdge>>;

/** The first administrator and their organization, through the one-time link. */
export async function setUp(edge: Edge, organization = "Meridian Hospital") {
  const token = await offerSetUp(edge.services);
  const response = await fetch(`${edge.url}/api/setup`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      token,
      name: "Olga Operator",
      email: "olga@example.org",
      password: PASSWORD,
      organization,
    }),
  });
  if (!response.ok) throw new Error(await response.text());
  return { ...(await signIn(edge, "olga@example.org")), setUpToken: token };
}

export async function signIn(edge: Edge, email: string) {
  const response = await fetch(`${edge.url}/api/auth/sign-in/email`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: edge.origin },
    body: JSON.stringify({ email, password: PASSWORD }),
  });
  if (!response.ok) throw new Error(`sign-in: ${response.status} ${await response.text()}`);
  const cookie = response.headers
    .getSetCookie()
    .map((c) => c.split(";")[0])
    .join("; ");
  return asker(edge, { cookie });
}

/** Somebody invited with these roles, who set a password and signed in. */
export async function anInvited(
  edge: Edge,
  operator: ReturnType<typeof asker>,
  name: string,
  ...roles: Role[]
) {
  const email = `${name.toLowerCase()}@example.org`;
  const { url } = await operator.mutate<{ url: string }>("access.invite", { name, email, roles });
  const token = new URL(url).searchParams.get("token");
  await asker(edge, {}).mutate("access.acceptInvitation", { token, password: PASSWORD });
  return signIn(edge, email);
}

/** A tRPC error as its reader sees it. */
export class Refused extends Error {
  readonly status: number;
  readonly data: Record<string, unknown>;
  constructor(status: number, message: string, data: Record<string, unknown>) {
    super(message);
    this.status = status;
    this.data = data;
  }
}

/** Asks procedures over HTTP with these headers. */
export function asker(edge: Pick<Edge, "url">, headers: Record<string, string>) {
  const read = async <T>(response: Response): Promise<T> => {
    const body = JSON.parse(await response.text());
    if (body.error) throw new Refused(response.status, body.error.message, body.error.data ?? {});
    return body.result.data;
  };
  const address = (path: string, input: unknown): string =>
    `${edge.url}/api/trpc/${path}${input === undefined ? "" : `?input=${encodeURIComponent(JSON.stringify(input))}`}`;
  return {
    headers,
    query: async <T>(path: string, input?: unknown): Promise<T> =>
      read<T>(await fetch(address(path, input), { headers })),
    mutate: async <T>(path: string, input?: unknown): Promise<T> =>
      read<T>(
        await fetch(`${edge.url}/api/trpc/${path}`, {
          method: "POST",
          headers: { ...headers, "content-type": "application/json" },
          body: JSON.stringify(input ?? {}),
        }),
      ),
    /** Server-sent events of a subscription, until the caller leaves the loop. */
    async *stream(
      path: string,
      input: unknown,
    ): AsyncGenerator<{ event?: string; id?: string; data: string }> {
      const stop = new AbortController();
      const response = await fetch(address(path, input), {
        headers: { ...headers, accept: "text/event-stream" },
        signal: stop.signal,
      });
      let text = "";
      try {
        for await (const chunk of response.body ?? []) {
          text += Buffer.from(chunk).toString();
          const parts = text.split("\n\n");
          text = parts.pop() ?? "";
          for (const part of parts) {
            const fields = part.split("\n").map((line) => line.split(/: ?(.*)/s));
            const of = (name: string) => fields.find(([key]) => key === name)?.[1];
            const [event, id] = [of("event"), of("id")];
            yield { data: of("data") ?? "", ...(event ? { event } : {}), ...(id ? { id } : {}) };
          }
        }
      } finally {
        stop.abort();
      }
    },
  };
}
