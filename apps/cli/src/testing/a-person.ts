import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { anEdge, anInvited, setUp, type Edge } from "@preceptor/api/testing/an-edge";
import type { Role } from "@preceptor/domain";
import { expect, onTestFinished } from "vitest";

const bin = join(import.meta.dirname, "../../bin/preceptor.mjs");
const cache = join(import.meta.dirname, "../../../../node_modules/.cache");

/** The program as people run it: a process of its own against a real server. */
export function aPerson(url: string, more: Readonly<Record<string, string>> = {}) {
  const folder = mkdtempSync(join(tmpdir(), "preceptor-person-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const env = {
    PATH: process.env["PATH"],
    XDG_CONFIG_HOME: folder,
    XDG_CACHE_HOME: cache,
    PRECEPTOR_URL: url,
    ...more,
  };
  const start = (...argv: string[]) => {
    const child = spawn(process.execPath, [bin, ...argv], { cwd: folder, env });
    const said = { stdout: "", stderr: "" };
    child.stdout.on("data", (chunk) => (said.stdout += String(chunk)));
    child.stderr.on("data", (chunk) => (said.stderr += String(chunk)));
    // A program that reads nothing may have ended before it is given anything.
    child.stdin.on("error", () => {});
    const ended = new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) =>
      child.on("close", (code) => resolve({ code, ...said })),
    );
    return { child, said, ended };
  };
  /** Runs a command with this text piped in. */
  const piped = (text: string, ...argv: string[]) => {
    const started = start(...argv);
    started.child.stdin.end(text);
    return started.ended;
  };
  return { folder, start, piped, run: (...argv: string[]) => piped("", ...argv) };
}

export async function until<T>(look: () => T | null | undefined): Promise<T> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const found = look();
    if (found !== null && found !== undefined) return found;
    if (Date.now() > deadline) throw new Error("it did not happen within 20 s");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

type Operator = Awaited<ReturnType<typeof setUp>>;

/** Somebody with these roles, whose terminal has a token of theirs. */
export async function aMember(edge: Edge, operator: Operator, name: string, ...roles: Role[]) {
  const browser = await anInvited(edge, operator, name, ...roles);
  // The session of the browser, as a device flow would have given one of its own.
  const [, token = ""] = /session_token=([^;]+)/.exec(browser.headers["cookie"] ?? "") ?? [];
  return { browser, ...aPerson(edge.url, { PRECEPTOR_TOKEN: decodeURIComponent(token) }) };
}

/** Ada, at a server of her own, who confirmed the code of her terminal in a browser. */
export async function signedIn(...more: readonly Role[]) {
  const edge = await anEdge();
  const operator = await setUp(edge);
  const ada = await anInvited(edge, operator, "Ada", "engineer", "auditor", ...more);
  const person = aPerson(edge.url);
  const signing = person.start("sign-in");
  const userCode = await until(() => /user_code=([\w-]+)/.exec(signing.said.stderr)?.[1]);
  const allowed = await fetch(`${edge.url}/api/auth/device?user_code=${userCode}`, {
    headers: ada.headers,
  });
  expect(allowed.status).toBe(200);
  const approved = await fetch(`${edge.url}/api/auth/device/approve`, {
    method: "POST",
    headers: { ...ada.headers, "content-type": "application/json", origin: edge.origin },
    body: JSON.stringify({ userCode }),
  });
  expect(approved.status).toBe(200);
  expect(await signing.ended).toMatchObject({
    code: 0,
    stdout: expect.stringContaining("ada@example.org"),
  });
  return { edge, operator, ada, ...person };
}
