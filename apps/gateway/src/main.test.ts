import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { expect, it, onTestFinished } from "vitest";
import { anUpstream } from "./testing/upstream.ts";
import { anApiKey, aServedModel, aWorld } from "./testing/world.ts";

const main = join(import.meta.dirname, "main.ts");

function begin(environment: Record<string, string>) {
  const child = spawn(process.execPath, [main], {
    env: {
      PATH: process.env["PATH"],
      NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"],
      PRECEPTOR_GATEWAY_PORT: "0",
      ...environment,
    },
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

it("says when it is ready, lets an answer under way be, and ends within five seconds of SIGTERM", async () => {
  const world = await aWorld();
  const upstream = await anUpstream();
  await aServedModel(world, upstream.endpoint);
  const key = await anApiKey(world);
  const folder = await mkdtemp(join(tmpdir(), "gateway-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, "server.pub.pem"), world.system.signer.publicKeyPem);
  await writeFile(join(folder, "serving-key"), "0123456789abcdef".repeat(4));

  const child = begin({
    DATABASE_URL: world.url,
    PRECEPTOR_SIGNING_KEY_FILE: join(folder, "server.pem"),
    PRECEPTOR_SERVING_KEY_FILE: join(folder, "serving-key"),
  });
  const [message] = await once(child, "message");
  expect(message).toMatchObject({ type: "ready", address: expect.stringMatching(/^http:/) });
  const body = { model: "discharge-summary", stream: true, messages: [{ content: "endless" }] };
  const response = await fetch(`${message.address}/v1/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(200);

  const told = Date.now();
  child.kill("SIGTERM");
  const [code] = await once(child, "exit");
  expect(code).toBe(0);
  expect(Date.now() - told).toBeGreaterThan(4000);
  expect(Date.now() - told).toBeLessThan(6000);
  await expect(response.text()).rejects.toThrow("terminated");
});

it.each([
  ["no database address", {}, "DATABASE_URL: set it to"],
  [
    "no public key",
    {
      DATABASE_URL: "postgres://u:p@127.0.0.1:1/d",
      PRECEPTOR_SIGNING_PUBLIC_KEY_FILE: "/none.pem",
    },
    "public key is not at /none.pem. Set PRECEPTOR_SIGNING_PUBLIC_KEY_FILE",
  ],
])("says in one line what is missing: %s", async (_, environment, sentence) => {
  const child = begin(environment);
  const [said, [code]] = await Promise.all([
    text(child.stderr ?? Readable.from([])),
    once(child, "exit"),
  ]);
  expect(code).toBe(1);
  expect(said).toContain(sentence);
  expect(said.trim().split("\n")).toHaveLength(1);
});
