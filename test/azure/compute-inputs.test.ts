import { createHash } from "node:crypto";
import { blobContainer, connectAzure } from "@preceptor/azure";
import type { ComputeProvider, Handle } from "@preceptor/compute";
import { untilEnded } from "@preceptor/compute/contract";
import { manifestText } from "@preceptor/domain";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { azureWorld, type AzureWorld } from "./compute-world.ts";

vi.setConfig({ testTimeout: 60_000 });

let world: AzureWorld;
beforeAll(async () => {
  world = await azureWorld();
});
afterAll(() => world.close());

const container = () => blobContainer(connectAzure(world.azure.environment), world.azure.settings);
const logOf = async (provider: ComputeProvider, handle: Handle, log = "node-0") =>
  (await provider.capabilities.logs?.read(handle, log, 0, 100_000))?.text ?? "";
const folderOf = (files: Parameters<typeof manifestText>[0]): string =>
  `preceptor/inputs/${createHash("sha256").update(manifestText(files)).digest("hex")}`;

/** Overwrites a staged file, as whoever may write the container could: size and metadata stay those of the right one. */
async function plant(blob: string, content: string): Promise<void> {
  const client = container().getBlockBlobClient(blob);
  const { metadata = {} } = await client.getProperties();
  await client.upload(content, Buffer.byteLength(content), { metadata });
}

test("every input is read once a node and compared with its digest before the program begins", async () => {
  const inputs = {
    "train-set": [await world.file("deep/a.txt", "rows"), await world.file("b.txt", "more")],
    words: [await world.file("c.txt", "")],
  };
  const resumeFrom = {
    name: "checkpoint-40",
    files: [await world.file("state.json", "{}")],
  };
  const spec = await world.python("print('begun')", {
    inputs,
    resumeFrom,
    nodes: 2,
    processesPerNode: 2,
  });
  const provider = world.open();
  const handle = await provider.start("att_checked", spec);
  expect(await untilEnded(provider, handle)).toMatchObject({ kind: "succeeded" });
  for (const [log, times] of [
    ["node-0", 1],
    ["node-1", 0],
    ["node-2", 1],
    ["node-3", 0],
  ] as const) {
    const said = await logOf(provider, handle, log);
    expect(said.match(/4 input files .* checked in/g) ?? []).toHaveLength(times);
    expect(said).toContain("begun");
  }
});

test.for([
  [
    "an input's byte",
    "train",
    "a.txt",
    "rowZ",
    /^input train: a\.txt: its bytes .* not those its digest/,
  ],
  [
    "a checkpoint's byte",
    "resume",
    "checkpoint-40/state.json",
    "{]",
    /^the checkpoint to resume from: checkpoint-40\/state\.json: its bytes/,
  ],
  [
    "a file nobody recorded",
    "train",
    "z.txt",
    "new",
    /^input train: z\.txt: nobody recorded this file/,
  ],
  ["a list of files", "list", "train", "changed", /^input train: the list of its files/],
] as const)(
  "%s that was changed in the storage: the program never begins, and the failure names it",
  async ([what, where, path, content, sentence]) => {
    const train = [await world.file("a.txt", "rows"), await world.file("b.txt", what)];
    const state = await world.file("state.json", "{}");
    const resumed = [state, await world.file("name", what)].map((file) => ({
      ...file,
      path: `checkpoint-40/${file.path}`,
    }));
    const spec = await world.python("print('begun')", {
      inputs: { train },
      resumeFrom: {
        name: "checkpoint-40",
        files: [state, await world.file("name", what)],
      },
    });
    const provider = world.open();
    const id = `att_${where}-${content.length}-${what.length}`;
    const right = await provider.start(`${id}-right`, spec);
    expect(await untilEnded(provider, right)).toMatchObject({ kind: "succeeded" });
    const [trainFolder, resumeFolder] = [folderOf(train), folderOf(resumed)];
    const lists = [`${trainFolder.slice(17)}  train\n`, `${resumeFolder.slice(17)}  resume_from\n`];
    const folder = {
      train: trainFolder,
      resume: resumeFolder,
      list: `preceptor/inputs/${createHash("sha256").update(lists.toSorted().join("")).digest("hex")}`,
    }[where];
    if (path === "z.txt")
      await container().getBlockBlobClient(`${folder}/${path}`).upload(content, 3);
    else await plant(`${folder}/${path}`, content);

    const wrong = await provider.start(`${id}-wrong`, spec);
    expect(await untilEnded(provider, wrong)).toMatchObject({
      kind: "failed",
      cause: "input-unavailable",
      message: expect.stringMatching(sentence),
    });
    expect(await logOf(provider, wrong)).not.toContain("begun");

    if (path !== "a.txt") return;
    // What the sentence says to do helps.
    for await (const { name } of container().listBlobsFlat({ prefix: folder }))
      await container().getBlobClient(name).delete();
    const again = await provider.start(`${id}-again`, spec);
    expect(await untilEnded(provider, again)).toMatchObject({ kind: "succeeded" });
  },
);
