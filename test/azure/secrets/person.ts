import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { Role } from "@preceptor/domain";
import { inviteMember, type ServiceContext } from "@preceptor/services";
import { checkout } from "./installation.ts";
import type { Said } from "./find.ts";

export interface Person {
  /** Of their session. */
  readonly token: string;
  /** The same session, as a browser of theirs keeps it. */
  readonly cookies: readonly string[];
  /** Asks a procedure and keeps the whole answer, a refusal too; null is a refusal's result. */
  query<T>(path: string, input?: unknown): Promise<T | null>;
  mutate<T>(path: string, input: unknown): Promise<T | null>;
  get(path: string): Promise<void>;
  put(path: string, body: string): Promise<void>;
  /** Runs the command line as them. */
  preceptor(...argv: string[]): Promise<void>;
}

/** Invites somebody, who sets a password and signs in at the real API; all they are told from then on goes to `heard`. */
export async function aPerson(
  apiUrl: string,
  operator: ServiceContext,
  who: { name: string; role: Role },
  heard: Said[],
): Promise<Person> {
  const email = `${who.name.toLowerCase()}@example.org`;
  const password = randomUUID();
  const { token: invited } = await inviteMember(operator, {
    name: who.name,
    email,
    roles: [who.role],
  });
  const send = (path: string, body: unknown) =>
    fetch(apiUrl + path, {
      method: "POST",
      headers: { "content-type": "application/json", origin: apiUrl },
      body: JSON.stringify(body),
    });
  await send("/api/trpc/access.acceptInvitation", { token: invited, password });
  const session = await send("/api/auth/sign-in/email", { email, password });
  const { token } = (await session.json()) as { token: string };
  const ask = async (path: string, init: RequestInit = {}): Promise<string> => {
    const headers = { authorization: `Bearer ${token}`, origin: apiUrl, ...init.headers };
    const response = await fetch(apiUrl + path, { ...init, headers });
    const text = await response.text();
    const told = JSON.stringify([...response.headers]);
    heard.push({ where: `answer to ${who.role} of ${path.split("?")[0]}`, text: told + text });
    return text;
  };
  const result = <T>(text: string): T | null => JSON.parse(text).result?.data ?? null;
  return {
    token,
    cookies: session.headers.getSetCookie(),
    query: async (path, input = {}) =>
      result(await ask(`/api/trpc/${path}?input=${encodeURIComponent(JSON.stringify(input))}`)),
    mutate: async (path, input) =>
      result(
        await ask(`/api/trpc/${path}`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify(input),
        }),
      ),
    get: async (path) => void (await ask(path)),
    put: async (path, body) =>
      void (await ask(path, {
        method: "PUT",
        headers: { "content-type": "application/octet-stream" },
        body,
      })),
    preceptor: async (...argv) => {
      const env = {
        PATH: process.env["PATH"],
        NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"],
        PRECEPTOR_URL: apiUrl,
        PRECEPTOR_TOKEN: token,
      };
      const text = await new Promise<string>((resolve) => {
        const program = join(checkout, "apps/cli/src/main.ts");
        execFile(process.execPath, [program, ...argv], { env }, (_, stdout, stderr) =>
          resolve(stdout + stderr),
        );
      });
      heard.push({ where: `preceptor ${argv.slice(0, 2).join(" ")}`, text });
    },
  };
}
