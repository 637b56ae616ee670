import { createHash, randomUUID } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { manifestText } from "@preceptor/domain";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import type {
  ServedFile,
  ServingHandle,
  ServingObservation,
  ServingProvider,
  ServingSpec,
} from "../provider.ts";

export interface ServingWorld {
  /** An adapter over the same place; called again it is the adapter after a restart of its process. */
  connect(): ServingProvider;
  /** Where the suite may put the files it links to. */
  readonly folder: string;
  /** Asks a healthy endpoint as the gateway would, with a bearer from where its access says. Throws when nobody answers. */
  ask(asked: Asked): Promise<{ readonly status: number; readonly body: unknown }>;
}
type Healthy = Extract<ServingObservation, { kind: "healthy" }>;
export interface Asked {
  readonly seen: Healthy;
  readonly deploymentId: string;
  readonly url: string;
}

/** Every adapter runs this. `makeWorld` gives an empty place and takes it away when the test ends. */
export function servingContract(name: string, makeWorld: () => Promise<ServingWorld>): void {
  describe(`serving contract: ${name}`, () => {
    vi.setConfig({ testTimeout: 120_000 });

    it("answers at its endpoint with the model's bytes, and no more after it was stopped", async () => {
      const { world, serving, spec, begin } = await aWorld();
      const handle = await begin(serving, spec);
      const first = await healthy(serving, handle);
      const served = { id: "note-summary", weights: "weights of one" };
      expect(await answer(world, first)).toMatchObject(served);
      await serving.stop(handle);
      await stopped(serving, handle);
      await expect(answer(world, first)).rejects.toThrow();
    });

    it("starts one server, however often it is started", async () => {
      const { world, serving, spec, begin } = await aWorld();
      const handle = await begin(serving, spec);
      expect(await serving.start(handle.deploymentId, spec)).toEqual(handle);
      const before = await answer(world, await healthy(serving, handle));
      expect(await serving.start(handle.deploymentId, spec)).toEqual(handle);
      expect(await answer(world, await healthy(serving, handle))).toEqual(before);
    });

    it("refuses to start another model under the id of a deployment", async () => {
      const { serving, spec, other, begin } = await aWorld();
      const handle = await begin(serving, spec);
      await expect(serving.start(handle.deploymentId, other)).rejects.toMatchObject({
        code: "conflict",
      });
    });

    it("finds its server again after a restart, and can stop it", async () => {
      const { world, serving, spec, begin } = await aWorld();
      const handle = await begin(serving, spec);
      const before = await answer(world, await healthy(serving, handle));
      const restarted = world.connect();
      expect(await restarted.start(handle.deploymentId, spec)).toEqual(handle);
      const seen = await healthy(restarted, handle);
      expect(await answer(world, seen)).toEqual(before);
      await restarted.stop(handle);
      await stopped(restarted, handle);
      await expect(answer(world, seen)).rejects.toThrow();
    });

    it("stops twice, stops while it prepares, and stops what it never knew", async () => {
      const { serving, spec, begin } = await aWorld();
      const handle = await begin(serving, spec);
      await serving.stop(handle);
      await serving.stop(handle);
      await stopped(serving, handle);
      const unknown: ServingHandle = { ...handle, deploymentId: "dep_never", data: {} };
      await serving.stop(unknown);
      expect(await serving.observe([unknown])).toEqual([{ kind: "gone" }]);
    });

    it("never serves files that are not the approved model", async () => {
      const { serving, spec, other, begin } = await aWorld();
      const handle = await begin(serving, { ...spec, files: other.files });
      await settled(serving, handle, "failed");
    });

    it("never serves bytes that are not what their digest says", async () => {
      const { world, serving, spec, begin } = await aWorld();
      const [file] = spec.files;
      if (file === undefined) throw new Error("the spec has a file");
      const link = await place(world.folder, "tampered", "weights of ONE");
      const handle = await begin(serving, { ...spec, files: [{ ...file, link }] });
      await settled(serving, handle, "failed");
    });

    it("says failed when the server cannot load the model", async () => {
      const { world, serving, begin } = await aWorld();
      const handle = await begin(serving, await specOf(world.folder, "broken"));
      await settled(serving, handle, "failed");
    });

    it("says that a server has crashed", async () => {
      const { world, serving, spec, begin } = await aWorld();
      const handle = await begin(serving, spec);
      await ask(world, await healthy(serving, handle), "crash").catch(() => null);
      expect((await serving.observe([handle]))[0]?.kind).toMatch(/failed|unhealthy/);
    });
  });

  async function aWorld() {
    const world = await makeWorld();
    const serving = world.connect();
    const begin = async (provider: ServingProvider, spec: ServingSpec): Promise<ServingHandle> => {
      const handle = await provider.start(`dep_${randomUUID()}`, spec);
      onTestFinished(() => provider.stop(handle));
      return handle;
    };
    const [spec, other] = [
      await specOf(world.folder, "weights of one"),
      await specOf(world.folder, "weights of two"),
    ];
    return { world, serving, begin, spec, other };
  }
}

/** The least model and program: it answers with its weights, and `broken` ones do not load. */
export async function specOf(folder: string, weights: string): Promise<ServingSpec> {
  const program = await readFile(new URL("fixture/main.py", import.meta.url), "utf8");
  const files = [await served(folder, "weights.txt", weights)];
  return {
    purpose: "note-summary",
    modelDigest: `sha256:${sha256(manifestText(files))}`,
    files,
    runtime: {
      code: [await served(folder, "serve/main.py", program)],
      command: ["python", "serve/main.py"],
      requirements: null,
    },
  };
}

async function served(folder: string, path: string, text: string): Promise<ServedFile> {
  const link = await place(folder, sha256(text), text);
  return { path, sha256: sha256(text), sizeBytes: Buffer.byteLength(text), link };
}

async function place(folder: string, name: string, text: string): Promise<string> {
  const file = join(folder, "objects", name);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
  return pathToFileURL(file).href;
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

type Answering = Pick<Asked, "seen" | "deploymentId">;

async function healthy(provider: ServingProvider, handle: ServingHandle): Promise<Answering> {
  const seen = await settled(provider, handle, "healthy");
  if (seen.kind !== "healthy") throw new Error("not healthy");
  return { seen, deploymentId: handle.deploymentId };
}

/** Observes until the kind is seen; any other end is a failure at once. */
async function settled(provider: ServingProvider, handle: ServingHandle, kind: string) {
  const deadline = Date.now() + 90_000;
  for (;;) {
    const [seen] = await provider.observe([handle]);
    if (seen?.kind === kind) return seen;
    // What failed may still have to go from its place, which costs until it has.
    const onTheWay = seen?.kind === "starting" || (kind === "failed" && seen?.kind === "unhealthy");
    if (!onTheWay || Date.now() > deadline)
      throw new Error(`expected ${kind}, saw ${JSON.stringify(seen)}`);
    await wait(100);
  }
}

/** Stopping may take a place its time; what it says until then is its own. */
async function stopped(provider: ServingProvider, handle: ServingHandle): Promise<void> {
  await vi.waitFor(
    async () => expect(await provider.observe([handle])).toEqual([{ kind: "stopped" }]),
    { timeout: 60_000, interval: 100 },
  );
}

const ask = (world: ServingWorld, { seen, deploymentId }: Answering, path: string) =>
  world.ask({ seen, deploymentId, url: `${seen.endpoint}/${path}` });

async function answer(world: ServingWorld, seen: Answering): Promise<unknown> {
  const { status, body } = await ask(world, seen, "models");
  if (status !== 200) throw new Error(`it answered ${status}`);
  return typeof body === "object" && body !== null && "data" in body && Array.isArray(body.data)
    ? body.data[0]
    : body;
}
