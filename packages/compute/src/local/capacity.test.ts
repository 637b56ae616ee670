import { mkdir, writeFile } from "node:fs/promises";
import { expect, onTestFinished, test } from "vitest";
import { readCapacity } from "./capacity.ts";
import { claimAttempt } from "./claim.ts";
import { attemptLayout, runningFolder } from "./layout.ts";
import { findProcess } from "./processes.ts";
import { firstState, writeState } from "./state.ts";
import { enterLocalWorld } from "./test-world.ts";

test("an attempt runs until its ending is written, not until its supervisor has left as well", async () => {
  const { workDir } = await enterLocalWorld(onTestFinished);
  const layout = attemptLayout(workDir, "att_leaving");
  for (const folder of [layout.state, runningFolder(workDir)])
    await mkdir(folder, { recursive: true });
  await writeFile(layout.runningMark, "");
  await claimAttempt(layout, { supervisor: findProcess(process.pid) });
  expect(await readCapacity(workDir)).toMatchObject({ running: 1 });
  await writeState(layout, { ...firstState, phase: "ended", ending: { kind: "cancelled" } });
  expect(await readCapacity(workDir)).toMatchObject({ running: 0 });
});
