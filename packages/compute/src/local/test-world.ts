import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { endForkServers } from "@preceptor/python-environment";
import { onTestFinished } from "vitest";
import type { AttemptSpec, ComputeProvider, LinkedFile } from "../provider.ts";
import { attemptsFolder, forksFolder } from "./layout.ts";
import { localCompute, type LocalComputeOptions } from "./local-compute.ts";

const graceMs = 500;

export interface LocalWorld {
  readonly workDir: string;
  readonly provider: ComputeProvider;
  reopen(change?: Partial<LocalComputeOptions>): ComputeProvider;
  /** Writes a file beside the work folder and links to it. */
  file(path: string, content: string): Promise<LinkedFile>;
  /** A job of one Python program, everything else as small as it can be. */
  python(program: string, change?: Partial<AttemptSpec>): Promise<AttemptSpec>;
  close(): Promise<void>;
}

/** A folder of its own with a local provider over it; whatever still runs there is ended with it. */
export async function localWorld(): Promise<LocalWorld> {
  const root = await mkdtemp(join(tmpdir(), "preceptor-compute-"));
  const workDir = join(root, "work");
  await shareCompiledSupervisor(workDir);
  const provider = localCompute({ workDir, graceMs });
  const file = async (path: string, content: string): Promise<LinkedFile> => {
    const sha256 = createHash("sha256").update(content).digest("hex");
    const place = join(root, "files", sha256, path);
    await mkdir(dirname(place), { recursive: true });
    await writeFile(place, content);
    return { path, sha256, sizeBytes: Buffer.byteLength(content), link: pathToFileURL(place).href };
  };
  return {
    workDir,
    provider,
    reopen: (change) => localCompute({ workDir, graceMs, ...change }),
    file,
    python: async (program, change = {}) => ({
      ...smallest,
      code: [await file("program.py", program)],
      command: ["python", "program.py"],
      ...change,
    }),
    async close() {
      const ids = await readdir(attemptsFolder(workDir)).catch(() => []);
      for (const attemptId of ids)
        await provider.release({ provider: "local", attemptId, data: {} });
      await endForkServers(forksFolder(workDir));
      await rm(root, { recursive: true, force: true });
    },
  };
}

/** Compiling the supervisor anew in every world would be most of the tests' time. */
async function shareCompiledSupervisor(workDir: string): Promise<void> {
  const shared = join(tmpdir(), "preceptor-compute-test-cache");
  await mkdir(shared, { recursive: true });
  await mkdir(workDir);
  await symlink(shared, join(workDir, "cache"));
}

/** A world for one test, closed with it; a test that runs beside others passes its own `onTestFinished`. */
export async function enterLocalWorld(atEnd = onTestFinished): Promise<LocalWorld> {
  const world = await localWorld();
  atEnd(() => world.close());
  return world;
}

const smallest: AttemptSpec = {
  jobName: "small",
  code: [],
  command: [],
  requirements: null,
  inputs: {},
  resumeFrom: null,
  parameters: {},
  environment: {},
  secrets: {},
  nodes: 1,
  processesPerNode: 1,
  distribution: "pytorch",
  tier: "dedicated",
  timeoutMs: 60_000,
  diskQuotaBytes: 10_000_000,
  logLimitBytes: 1_000_000,
};
