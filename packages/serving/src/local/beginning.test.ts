import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { specOf } from "../contract/index.ts";
import { localServing } from "./index.ts";

test("who looks at the very moment a server was launched does not launch it again", async () => {
  const folder = await mkdtemp(join(tmpdir(), "serving-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const serving = localServing({ workDir: folder, tokenFor: (id) => id, stopTimeoutMs: 2000 });
  const spec = await specOf(folder, "weights of one");
  const ids = Array.from({ length: 12 }, (_, index) => `dep_${index}`);
  const handles = await Promise.all(ids.map((id) => serving.start(id, spec)));
  onTestFinished(() => serving.endServers());
  const kinds = new Set<string>();
  // Looking without a pause is what makes a moment between two reads likely to be met.
  for (let waiting = handles; waiting.length > 0;) {
    const seen = await Promise.all(
      waiting.map(async (handle) => {
        await serving.start(handle.deploymentId, spec);
        const [one] = await serving.observe([handle]);
        return { handle, kind: one?.kind ?? "gone" };
      }),
    );
    for (const { kind } of seen) kinds.add(kind);
    waiting = seen.filter(({ kind }) => kind === "starting").map(({ handle }) => handle);
  }
  expect([...kinds].toSorted()).toEqual(["healthy", "starting"]);
});
