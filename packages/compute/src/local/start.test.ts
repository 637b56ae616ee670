import { createServer } from "node:http";
import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { untilEnded, untilKind } from "../contract/until.ts";
import type { AttemptSpec } from "../provider.ts";
import { attemptLayout } from "./layout.ts";
import { enterLocalWorld, type LocalWorld } from "./test-world.ts";

const showAll = `
import json, os, pathlib
def files(folder): return {str(p.relative_to(folder)): p.read_text() for p in pathlib.Path(folder).rglob("*") if p.is_file()}
out = pathlib.Path(os.environ["PRECEPTOR_OUTPUT_DIR"]) / f"node-{os.environ['NODE_RANK']}.json"
seen = {"variables": dict(os.environ), "cwd": os.getcwd(), "parameters": json.load(open(os.environ["PRECEPTOR_PARAMETERS"]))}
for name in ("INPUT_TRAIN", "INPUT_HELD_OUT", "RESUME_FROM"):
    if folder := os.environ.get("PRECEPTOR_" + name): seen[name] = files(folder)
out.write_text(json.dumps(seen))
`;

async function seenBy(
  world: LocalWorld,
  id: string,
  node: number,
): Promise<{ variables: Record<string, string> }> {
  return JSON.parse(
    await readFile(join(attemptLayout(world.workDir, id).outputs, `node-${node}.json`), "utf8"),
  );
}

test("two nodes see their inputs, parameters, checkpoint and ranks, and nothing of the worker's own variables", async () => {
  vi.stubEnv("DATABASE_URL", "postgres://worker-only");
  onTestFinished(() => void vi.unstubAllEnvs());
  const world = await enterLocalWorld();
  const spec = await world.python(showAll, {
    nodes: 2,
    inputs: {
      train: [await world.file("notes/a.jsonl", "one"), await world.file("notes/b.jsonl", "two")],
      "held-out": [await world.file("c.jsonl", "three")],
    },
    resumeFrom: { name: "checkpoint-40", files: [await world.file("trainer_state.json", "{}")] },
    parameters: { learning_rate: 2e-4, packing: true },
    environment: { MLFLOW_RUN_ID: "run_1", HF_HUB_OFFLINE: "0", WORLD_SIZE: "99" },
    secrets: { MLFLOW_TRACKING_TOKEN: "token-1" },
  });
  const handle = await world.provider.start("att_env", spec);
  expect((await untilEnded(world.provider, handle)).kind).toBe("succeeded");
  const layout = attemptLayout(world.workDir, "att_env");
  const [first, second] = [await seenBy(world, "att_env", 0), await seenBy(world, "att_env", 1)];
  expect(second).toMatchObject({
    cwd: layout.code,
    parameters: { learning_rate: 2e-4, packing: true },
    INPUT_TRAIN: { "notes/a.jsonl": "one", "notes/b.jsonl": "two" },
    INPUT_HELD_OUT: { "c.jsonl": "three" },
    RESUME_FROM: { "trainer_state.json": "{}" },
    variables: {
      PRECEPTOR_ATTEMPT_ID: "att_env",
      PRECEPTOR_CHECKPOINT_DIR: layout.checkpoints,
      PRECEPTOR_RESUME_FROM: join(layout.resume, "checkpoint-40"),
      MLFLOW_RUN_ID: "run_1",
      MLFLOW_TRACKING_TOKEN: "token-1",
      HF_HUB_OFFLINE: "0",
      TRANSFORMERS_OFFLINE: "1",
      MASTER_ADDR: "127.0.0.1",
      MASTER_PORT: first.variables["MASTER_PORT"],
      NODE_RANK: "1",
      RANK: "1",
      WORLD_SIZE: "2",
      LOCAL_RANK: "0",
      LOCAL_WORLD_SIZE: "1",
    },
  });
  expect(first.variables["RANK"]).toBe("0");
  expect(second.variables).not.toHaveProperty("DATABASE_URL");
});

test("secrets and signed links are in no file of the attempt", async () => {
  const world = await enterLocalWorld();
  const address = await serve((_, response) => response.end("one"));
  const file = await world.file("a.txt", "one");
  const spec = await world.python("", {
    inputs: { train: [{ ...file, link: `${address}/a.txt?sig=signature-1` }] },
    secrets: { TOKEN: "token-1" },
  });
  const handle = await world.provider.start("att_secret", spec);
  expect((await untilEnded(world.provider, handle)).kind).toBe("succeeded");
  const { root } = attemptLayout(world.workDir, "att_secret");
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const texts = await Promise.all(
    entries.filter((e) => e.isFile()).map((e) => readFile(join(e.parentPath, e.name), "utf8")),
  );
  expect(texts.length).toBeGreaterThan(4);
  expect(texts.join("\n")).toContain("/a.txt");
  expect(texts.join("\n")).not.toMatch(/token-1|signature-1/);
});

test("five starts at the same time run the program once", async () => {
  const world = await enterLocalWorld();
  const spec = await world.python(
    `import os\nopen(os.environ["PRECEPTOR_OUTPUT_DIR"] + "/starts", "a").write("x")`,
  );
  const starts = Array.from({ length: 5 }, () => world.reopen().start("att_once", spec));
  const [handle] = await Promise.all(starts);
  if (!handle) throw new Error("no start answered");
  await untilEnded(world.provider, handle);
  expect(
    await readFile(join(attemptLayout(world.workDir, "att_once").outputs, "starts"), "utf8"),
  ).toBe("x");
});

test("a cancel while files are still coming ends the attempt at once", async () => {
  const world = await enterLocalWorld();
  const asked = Promise.withResolvers<void>();
  const address = await serve(() => asked.resolve());
  const file = { ...(await world.file("a.txt", "one")), link: `${address}/a.txt` };
  const handle = await world.provider.start(
    "att_waits",
    await world.python("", { inputs: { train: [file] } }),
  );
  await asked.promise;
  await untilKind(world.provider, handle, "preparing");
  await world.provider.cancel(handle);
  expect(await untilEnded(world.provider, handle)).toEqual({ kind: "cancelled" });
});

const refused: readonly {
  name: string;
  change: (world: LocalWorld, address: string) => Promise<Partial<AttemptSpec>>;
  cause: string;
  message: string;
}[] = [
  {
    name: "a file whose content is not what was said",
    change: async (world) => ({
      inputs: { train: [{ ...(await world.file("a.txt", "one")), sha256: "0".repeat(64) }] },
    }),
    cause: "input-unavailable",
    message: "input train: a.txt: its content does not match its digest",
  },
  {
    name: "a file that was cut",
    change: async (world) => ({
      inputs: { train: [{ ...(await world.file("a.txt", "one")), sizeBytes: 9 }] },
    }),
    cause: "input-unavailable",
    message: "input train: a.txt: it has 3 bytes instead of 9",
  },
  {
    name: "a checkpoint's file that is not there",
    change: async (world) => ({
      resumeFrom: {
        name: "checkpoint-2",
        files: [{ ...(await world.file("a.txt", "one")), link: "file:///nowhere/secret-place" }],
      },
    }),
    cause: "input-unavailable",
    message: "checkpoint checkpoint-2: a.txt: it is not there",
  },
  {
    name: "a link its storage refuses",
    change: async (world, address) => ({
      inputs: {
        train: [{ ...(await world.file("a.txt", "one")), link: `${address}/forbidden?sig=x` }],
      },
    }),
    cause: "input-unavailable",
    message: "input train: a.txt: its storage answered 403",
  },
  {
    name: "a path that leaves its folder",
    change: async (world) => ({
      inputs: { train: [{ ...(await world.file("a.txt", "one")), path: "../../code/program.py" }] },
    }),
    cause: "start-refused",
    message: 'input train: the path "../../code/program.py" leaves its folder',
  },
  {
    name: "a program that is not there",
    change: async () => ({ command: ["train-everything", "--fast"] }),
    cause: "start-refused",
    message: "there is no program 'train-everything' in the code or on this machine",
  },
  {
    name: "requirements the code does not have",
    change: async () => ({ requirements: "requirements.txt" }),
    cause: "environment-failed",
    message: "the code has no file requirements.txt",
  },
];
test.each(refused)(
  "$name -> $cause, in a sentence that names it",
  async ({ change, cause, message }) => {
    const world = await enterLocalWorld();
    const address = await serve((_, response) => response.writeHead(403).end("patient text"));
    const spec = await world.python("", await change(world, address));
    const handle = await world.provider.start("att_refused", spec);
    expect(await untilEnded(world.provider, handle)).toEqual({
      kind: "failed",
      cause,
      message,
      processes: [],
    });
  },
);

async function serve(answer: Parameters<typeof createServer>[1] & {}): Promise<string> {
  const server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
}
