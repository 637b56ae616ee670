import { spawn } from "node:child_process";
import { expect, onTestFinished, test } from "vitest";
import { untilEnded } from "../contract/until.ts";
import { findProcess } from "./processes.ts";
import { enterLocalWorld } from "./test-world.ts";

test("an attempt that ends leaves alone what another installation runs under the same id", async () => {
  const env = { ...process.env, PRECEPTOR_ATTEMPT_ID: "att_namesake" };
  const stranger = spawn("sleep", ["600"], { env, detached: true, stdio: "ignore" });
  onTestFinished(() => void stranger.kill("SIGKILL"));
  const world = await enterLocalWorld(onTestFinished);
  const handle = await world.provider.start("att_namesake", await world.python("print()"));
  expect(await untilEnded(world.provider, handle)).toMatchObject({ kind: "succeeded" });
  expect(findProcess(stranger.pid ?? 0)).not.toBeNull();
});
