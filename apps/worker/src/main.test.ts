import { fork, type ChildProcess } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readConfig } from "./config.ts";
import { aWorkshop, until } from "./testing/index.ts";

type Workshop = Awaited<ReturnType<typeof aWorkshop>>;

/** The real process, ready to work. */
async function aProcess({ world, workDir }: Workshop): Promise<ChildProcess> {
  const key = join(world.root, "key.pem");
  const servingKey = join(world.root, "serving-key");
  writeFileSync(servingKey, "0123456789abcdef".repeat(4));
  const { privateKey } = generateKeyPairSync("ed25519");
  writeFileSync(key, privateKey.export({ type: "pkcs8", format: "pem" }));
  const child = fork(join(import.meta.dirname, "main.ts"), {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    env: {
      PATH: process.env.PATH,
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      DATABASE_URL: world.url,
      PRECEPTOR_WORK_DIR: workDir,
      PRECEPTOR_STORAGE_DIR: world.root,
      PRECEPTOR_SIGNING_KEY_FILE: key,
      PRECEPTOR_SERVING_KEY_FILE: servingKey,
      PRECEPTOR_PUBLIC_URL: "http://127.0.0.1:9",
    },
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const failed = once(child, "exit").then(([code]) => {
    throw new Error(`the worker ended before it was ready, with code ${code}`);
  });
  const [message] = await Promise.race([once(child, "message"), failed]);
  failed.catch(() => {});
  expect(message).toEqual({ type: "ready" });
  return child;
}

test("a job outlives its worker, killed or asked to end, and another worker finishes it", async () => {
  const workshop = await aWorkshop();
  const first = await aProcess(workshop);
  const submitted = await workshop.aJob({ wait: true });
  await submitted.until((seen) => seen.status === "running");
  const killed = once(first, "exit");
  first.kill("SIGKILL");
  await killed;

  const second = await aProcess(workshop);
  const before = (await submitted.get()).attemptList[0]?.lastObservedAt?.getTime() ?? 0;
  // The killed one may have held the row: its lease must run out first.
  await submitted.until(
    (seen) => (seen.attemptList[0]?.lastObservedAt?.getTime() ?? 0) > before,
    45_000,
  );
  const ended = once(second, "exit");
  second.kill("SIGTERM");
  expect(await ended).toEqual([0, null]);
  await until(
    async () => submitted.note("pid"),
    (pids) => pids.length === 1,
  );
  expect(process.kill(Number(submitted.note("pid")[0]), 0)).toBe(true);

  submitted.go();
  await workshop.aWorker();
  const done = await submitted.until((seen) => seen.status === "succeeded", 45_000);
  expect(done).toMatchObject({ attempts: 1, attemptList: [{ status: "succeeded" }] });
  expect(submitted.note("started")).toHaveLength(1);
}, 120_000);

test("a setting that is missing is named", () => {
  expect(() => readConfig({ DATABASE_URL: "postgres://127.0.0.1/x" })).toThrow(
    /PRECEPTOR_WORK_DIR.*PRECEPTOR_PUBLIC_URL/,
  );
});
