import { fork, type ChildProcess } from "node:child_process";
import { createPublicKey, randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { FakeAzure } from "../../fake-azure/index.ts";
import type { Said } from "./find.ts";

export const checkout = join(import.meta.dirname, "../../..");

export interface Installation {
  readonly apiUrl: string;
  readonly gatewayUrl: string;
  readonly dataDir: string;
  /** What sessions are signed with. */
  readonly secret: string;
  /** What the bearers of models on this machine follow from. */
  readonly servingKey: string;
  /** Ends the worker as a crash would, and starts another. */
  crashWorker(): Promise<void>;
  /** Ends the processes in order and gives all they ever printed. */
  stop(): Promise<Said[]>;
}

/** For an installation with jobs, models and files in this Azure. */
export const inAzure = ({ environment, settings }: FakeAzure): Record<string, string> => ({
  ...environment,
  PRECEPTOR_STORAGE: "azure-blob",
  PRECEPTOR_STORAGE_ENDPOINT: settings.blobEndpoint,
  PRECEPTOR_STORAGE_CONTAINER: settings.container,
});

/** The three real processes over this database; they say all they can. `place` says where files and models are. */
export async function anInstallation(
  place: Record<string, string>,
  { databaseUrl, signingKeyPem }: { databaseUrl: string; signingKeyPem: string },
): Promise<Installation> {
  const dataDir = await mkdtemp(join(tmpdir(), "preceptor-secrets-"));
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  await mkdir(join(dataDir, "keys"));
  const key = join(dataDir, "keys", "server-ed25519.pem");
  await writeFile(key, signingKeyPem, { mode: 0o600 });
  const publicKey = createPublicKey(signingKeyPem).export({ type: "spki", format: "pem" });
  await writeFile(key.replace(/pem$/, "pub.pem"), publicKey);
  const secret = randomBytes(32).toString("hex");
  const servingKey = randomBytes(32).toString("hex");
  const servingKeyFile = join(dataDir, "keys", "serving-key");
  await writeFile(servingKeyFile, servingKey, { mode: 0o600 });
  const [apiPort, gatewayPort] = [await freePort(), await freePort()];
  const [apiUrl, gatewayUrl] = [apiPort, gatewayPort].map((port) => `http://127.0.0.1:${port}`);
  const start = (name: string) =>
    begin(name, {
      ...place,
      DATABASE_URL: databaseUrl,
      PRECEPTOR_API_PORT: String(apiPort),
      PRECEPTOR_GATEWAY_PORT: String(gatewayPort),
      PRECEPTOR_PUBLIC_URL: apiUrl ?? "",
      PRECEPTOR_SECRET: secret,
      PRECEPTOR_DATA_DIR: dataDir,
      PRECEPTOR_WORK_DIR: join(dataDir, "work"),
      PRECEPTOR_SIGNING_KEY_FILE: key,
      PRECEPTOR_SERVING_KEY_FILE: servingKeyFile,
      PRECEPTOR_RECIPES_DIR: join(import.meta.dirname, "recipes"),
      PRECEPTOR_LOG_LEVEL: "trace",
      PRECEPTOR_END_SERVED: "1",
    });
  const processes = ["api", "worker", "gateway"].map(start);
  await Promise.all(processes.map(({ ready }) => ready));
  return {
    apiUrl: apiUrl ?? "",
    gatewayUrl: gatewayUrl ?? "",
    dataDir,
    secret,
    servingKey,
    crashWorker: async () => {
      await processes[1]?.crash();
      const next = start("worker");
      processes.push(next);
      await next.ready;
    },
    stop: () => Promise.all(processes.map(({ stop }) => stop())),
  };
}

function begin(name: string, env: Record<string, string>) {
  const child = fork(join(checkout, "apps", name, "src/main.ts"), {
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    env: {
      PATH: process.env["PATH"],
      NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"],
      ...env,
    },
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let text = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
  const stop = async (): Promise<Said> => {
    const closed = once(child, "close");
    const runs = child.exitCode === null && child.signalCode === null;
    if (runs && child.kill("SIGTERM")) await closed;
    return { where: `log of ${name}`, text };
  };
  const crash = async (): Promise<void> => {
    const closed = once(child, "close");
    if (child.kill("SIGKILL")) await closed;
  };
  return { crash, ready: untilReady(child, () => `${name}: ${text}`), stop };
}

async function untilReady(child: ChildProcess, said: () => string): Promise<void> {
  const gone = once(child, "close").then(() => {
    throw new Error(`a process ended before it was ready: ${said()}`);
  });
  gone.catch(() => {});
  await Promise.race([once(child, "message"), gone]);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
