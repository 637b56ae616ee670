import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { connectAzure } from "@preceptor/azure";
import type { AttemptSpec, ComputeProvider, LinkedFile } from "@preceptor/compute";
import { azureMlCompute, type AzureMlComputeOptions } from "@preceptor/compute/azure-ml";
import { expect } from "vitest";
import { startFakeAzure, type Exchange, type FakeAzure } from "../fake-azure/index.ts";
import { runWideStorage } from "../run-wide/index.ts";
import { violationsOf } from "./conformance.ts";

export interface AzureWorld {
  readonly azure: FakeAzure;
  /** A provider of its own connection and memory, as another process has. */
  open(change?: Partial<AzureMlComputeOptions>): ComputeProvider;
  file(path: string, content: string): Promise<LinkedFile>;
  /** A job of one Python program, everything else as small as it can be. */
  python(program: string, change?: Partial<AttemptSpec>): Promise<AttemptSpec>;
  /** Ends the service as a crash would, and starts it again over the same folder. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** A fake Azure in a folder of its own. */
export async function azureWorld(
  options: Partial<Parameters<typeof startFakeAzure>[0]> = {},
): Promise<AzureWorld> {
  const root = await mkdtemp(join(tmpdir(), "preceptor-azure-ml-"));
  const storage = await runWideStorage();
  const start = () =>
    startFakeAzure({
      storage,
      syncMs: 100,
      graceMs: 500,
      record: true,
      ...options,
      folder: join(root, "azure"),
    });
  let azure = await start();
  const exchanges: Exchange[] = [];
  const file = async (path: string, content: string): Promise<LinkedFile> => {
    const sha256 = createHash("sha256").update(content).digest("hex");
    const place = join(root, "files", sha256, path);
    await mkdir(dirname(place), { recursive: true });
    await writeFile(place, content);
    return { path, sha256, sizeBytes: Buffer.byteLength(content), link: pathToFileURL(place).href };
  };
  return {
    get azure() {
      return azure;
    },
    open: (change) =>
      azureMlCompute({
        connection: connectAzure(azure.environment),
        target: azure.settings,
        ...change,
      }),
    file,
    python: async (program, change = {}) => ({
      ...smallest,
      code: [await file("program.py", program)],
      command: ["python", "program.py"],
      ...change,
    }),
    async restart() {
      await azure.close({ leaveProcesses: true });
      exchanges.push(...azure.requests);
      azure = await start();
    },
    async close() {
      await azure.close();
      exchanges.push(...azure.requests);
      await rm(root, { recursive: true, force: true });
      expect(await violationsOf(exchanges)).toEqual([]);
    },
  };
}

const smallest: AttemptSpec = {
  jobName: "small",
  code: [],
  command: [],
  requirements: null,
  inputs: {},
  resumeFrom: null,
  parameters: {},
  environment: { PRECEPTOR_JOB_ID: "job_small" },
  secrets: {},
  nodes: 1,
  processesPerNode: 1,
  distribution: "pytorch",
  tier: "dedicated",
  timeoutMs: 60_000,
  diskQuotaBytes: 10_000_000,
  logLimitBytes: 1_000_000,
};
