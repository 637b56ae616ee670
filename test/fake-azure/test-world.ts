import { mkdtemp, rm } from "node:fs/promises";
import { request as ask } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import {
  blobContainer,
  connectAzure,
  linkedContainer,
  workspaceClient,
  type WorkspaceClient,
} from "@preceptor/azure";
import { onTestFinished, vi } from "vitest";
import { z } from "zod";
import { runWideStorage } from "../run-wide/index.ts";
import { startFakeAzure, type FakeAzure } from "./index.ts";

// The first of a run starts the storage for all, which takes many seconds on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

type Options = Partial<Parameters<typeof startFakeAzure>[0]>;

export const Anything = z.unknown();
const Upload = z.object({
  blobReferenceForConsumption: z.object({
    blobUri: z.string(),
    credential: z.object({ sasUri: z.string() }),
  }),
});

/** A fake in a folder of its own, and the product's own client in front of it. */
export async function aFake(options: Options = {}) {
  const folder = await mkdtemp(join(tmpdir(), "fake-azure-"));
  const storage = await runWideStorage();
  const start = (): Promise<FakeAzure> =>
    startFakeAzure({ storage, syncMs: 50, graceMs: 500, operationMs: 50, ...options, folder });
  let fake = await start();
  onTestFinished(async () => {
    await fake.close();
    await rm(folder, { recursive: true, force: true });
  });
  const connection = connectAzure(fake.environment);
  const client = workspaceClient(connection, fake.workspace);
  const put = (path: string, properties: object, rest: object = {}) =>
    client.exchange({ method: "PUT", path, body: { ...rest, properties }, schema: Anything });
  return {
    get fake() {
      return fake;
    },
    /** Its folder on this machine. */
    folder,
    connection,
    client,
    put,
    container: blobContainer(connection, fake.settings),
    /** The service ends as in a crash and starts over the same folder. */
    async restart(close: Parameters<FakeAzure["close"]>[0] = { leaveProcesses: true }) {
      await fake.close(close);
      fake = await start();
    },
    async code(name: string, files: Readonly<Record<string, string>>): Promise<string> {
      const path = `/codes/${name}/versions/1`;
      const upload = await client.send({
        method: "POST",
        path: `${path}/startPendingUpload`,
        body: { pendingUploadType: "TemporaryBlobReference" },
        schema: Upload,
      });
      const { blobUri, credential } = upload.blobReferenceForConsumption;
      const container = linkedContainer(connection, credential.sasUri);
      for (const [file, text] of Object.entries(files))
        await container.getBlockBlobClient(file).uploadData(Buffer.from(text));
      await put(path, { codeUri: blobUri });
      return client.resourceId + path;
    },
    async environment(name: string, properties: object = {}): Promise<string> {
      const path = `/environments/${name}/versions/1`;
      await put(path, { image: "example.azurecr.io/python:1", ...properties });
      return client.resourceId + path;
    },
  };
}
export type FakeWorld = Awaited<ReturnType<typeof aFake>>;

const Status = z.object({ properties: z.looseObject({ status: z.string() }) });

export async function statusOf(client: WorkspaceClient, job: string): Promise<string> {
  const answer = await client.send({ method: "GET", path: `/jobs/${job}`, schema: Status });
  return answer.properties.status;
}

/** Asks again and again until it is so; fails with the last answer. */
export async function until<T>(
  read: () => Promise<T>,
  good: (value: T) => boolean,
  ms = 60_000,
): Promise<T> {
  for (const end = Date.now() + ms; ;) {
    const value = await read();
    if (good(value)) return value;
    if (Date.now() > end) throw new Error(`still ${JSON.stringify(value)} after ${ms} ms`);
    await pause(50);
  }
}

/** One bare request, as a client that is not ours may send it. */
export function send(
  { origin, certificateAuthority: ca }: FakeAzure,
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: unknown } = {},
): Promise<{ status: number; headers: Record<string, unknown>; text: string }> {
  return new Promise((resolve, reject) => {
    const headers = { "content-type": "application/json", ...options.headers };
    const asked = ask(origin + path, { method: options.method ?? "GET", ca, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("end", () =>
        resolve({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          text: Buffer.concat(chunks).toString(),
        }),
      );
    });
    asked.once("error", reject);
    asked.end(options.body === undefined ? undefined : JSON.stringify(options.body));
  });
}
