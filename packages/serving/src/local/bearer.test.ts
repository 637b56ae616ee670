import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { specOf } from "../contract/index.ts";
import type { ServingHandle, ServingProvider } from "../provider.ts";
import { localServing } from "./index.ts";

const byKey = (key: string) => (id: string) => `${key} of ${id}`;

async function aFolder() {
  const folder = await mkdtemp(join(tmpdir(), "serving-bearer-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const begin = (key: string): ServingProvider =>
    localServing({ workDir: folder, tokenFor: byKey(key), stopTimeoutMs: 2000 });
  return { folder, begin, state: join(folder, "deployments", "dep_one", "state.json") };
}

const endpointOf = (serving: ServingProvider, handle: ServingHandle): Promise<string> =>
  vi.waitFor(
    async () => {
      const [seen] = await serving.observe([handle]);
      if (seen?.kind !== "healthy") throw new Error(JSON.stringify(seen));
      expect(seen.access.bearer).toEqual({ from: "installation" });
      return seen.endpoint;
    },
    { timeout: 60_000, interval: 100 },
  );
const statusFor = async (endpoint: string, bearer: string): Promise<number> =>
  (await fetch(`${endpoint}/models`, { headers: { authorization: `Bearer ${bearer}` } })).status;

test.each([
  ["the serving key was changed", async () => {}],
  [
    "it is of the time when bearers were random and kept",
    async (state: string) => {
      const { tokenDigest: _, ...rest } = JSON.parse(await readFile(state, "utf8"));
      await writeFile(state, JSON.stringify({ ...rest, token: "random-and-kept" }));
    },
  ],
])(
  "another server takes the place of one that nobody can ask because %s",
  async (_, change) => {
    const { folder, begin, state } = await aFolder();
    const spec = await specOf(folder, "weights of one");
    const former = begin("old key");
    const handle = await former.start("dep_one", spec);
    const before = await endpointOf(former, handle);
    expect(await statusFor(before, "old key of dep_one")).toBe(200);
    expect(await readFile(state, "utf8")).not.toContain("old key");

    await change(state);
    const next = begin("new key");
    onTestFinished(() => next.stop(handle));
    expect(await next.observe([handle])).toEqual([{ kind: "gone" }]);
    expect(await next.start("dep_one", spec)).toEqual(handle);
    const after = await endpointOf(next, handle);
    expect(await statusFor(after, "new key of dep_one")).toBe(200);
    expect(await statusFor(after, "old key of dep_one")).toBe(401);
    await expect(fetch(before)).rejects.toThrow();
    expect(await readFile(state, "utf8")).not.toContain("random-and-kept");
  },
  120_000,
);
