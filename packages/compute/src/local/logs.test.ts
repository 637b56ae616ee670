import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { attemptLayout } from "./layout.ts";
import { listLogs, readLog } from "./logs.ts";
import { firstState, writeState } from "./state.ts";

async function aLog(content: string | Uint8Array, ended: boolean) {
  const workDir = await mkdtemp(join(tmpdir(), "preceptor-logs-"));
  onTestFinished(() => rm(workDir, { recursive: true }));
  const layout = attemptLayout(workDir, "att_1");
  await mkdir(layout.state, { recursive: true });
  await mkdir(layout.logs);
  await writeState(layout, { ...firstState, ending: ended ? { kind: "succeeded" } : null });
  for (const name of ["node-10", "node-2", "environment"])
    await writeFile(join(layout.logs, name), content);
  return layout;
}

test("pieces of any size put together are the log: no character is cut in two", async () => {
  const content = "loss 0.5 ± 0.1 ✓ 𝛼=16 ".repeat(20);
  const layout = await aLog(content, true);
  for (const limit of [1, 4, 5, 6, 7, 64]) {
    let [all, offset] = ["", 0];
    for (
      let piece = await readLog(layout, "node-2", 0, limit);
      piece.text !== "";
      piece = await readLog(layout, "node-2", offset, limit)
    ) {
      all += piece.text;
      offset = piece.nextOffset;
    }
    expect(all).toBe(content);
  }
});

test("a character still being written waits; one that never will be whole is shown as such", async () => {
  const torn = Buffer.from("ok ✓").subarray(0, 5);
  const running = await aLog(torn, false);
  expect(await readLog(running, "node-2", 0, 100)).toMatchObject({ text: "ok ", nextOffset: 3 });
  expect(await readLog(running, "node-2", 3, 100)).toMatchObject({ text: "", nextOffset: 3 });
  const over = await aLog(torn, true);
  expect(await readLog(over, "node-2", 3, 100)).toMatchObject({
    text: "\ufffd",
    nextOffset: 5,
    ended: true,
  });
});

test("logs are listed in the order of nodes, and a name that is none reads as empty", async () => {
  const layout = await aLog("x", true);
  expect(await listLogs(layout)).toEqual(["environment", "node-2", "node-10"]);
  expect((await readLog(layout, "../spec.json", 0, 100)).text).toBe("");
});
