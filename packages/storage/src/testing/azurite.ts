import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Certificate } from "./certificate.ts";
import { toolFile } from "./tools.ts";

export interface AzuriteOptions {
  /** Its own folder, made when missing. Everything is on disk: started again there, it goes on. */
  readonly folder: string;
  /** 0, the default, is any free port; give the former port to start again where clients expect it. */
  readonly port?: number;
  /** With a certificate it speaks https and accepts Entra tokens; it checks a token's claims, not its signature. */
  readonly tls?: Certificate;
  /** `name:key` pairs joined by `;`. Its well-known development account unless told otherwise. */
  readonly accounts?: string;
}

export interface Azurite {
  /** `http(s)://127.0.0.1:<port>/<account>`: what a blob service client is made with. */
  readonly endpoint: string;
  readonly account: string;
  readonly accountKey: string;
  readonly pid: number;
  /** Ends it in order: what it holds is written to disk. */
  close(): Promise<void>;
}

const startMs = 60_000;
const stopMs = 10_000;

/** The development account of every Azurite: public, in its documentation, and worth nothing. */
const developmentAccount =
  "devstoreaccount1:Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

/** An emulator that outlived a killed test run would hold its port and folder for ever. */
const endWithParent =
  "data:text/javascript,process.on('disconnect',()=>process.exit());process.channel?.unref()";

/** Starts the Azurite blob service of `test/tools` on the loopback as a child process, and waits until it answers. */
export async function startAzurite(options: AzuriteOptions): Promise<Azurite> {
  const { folder, port = 0, tls, accounts = developmentAccount } = options;
  const [account = "", accountKey = ""] = splitOnce(accounts.split(";")[0] ?? "", ":");
  await mkdir(folder, { recursive: true });
  const program = toolFile("azurite/dist/src/blob/main.js");
  const flags = ["--silent", "--disableTelemetry", "--disableProductStyleUrl", "-l", folder];
  // The SDK speaks a newer version than the emulator knows by name; what we use of it is the same.
  flags.push("--skipApiVersionCheck");
  flags.push("--blobHost", "127.0.0.1", "--blobPort", String(port));
  if (tls !== undefined) flags.push(...(await secureFlags(folder, tls)));
  const child = spawn(process.execPath, ["--import", endWithParent, program, ...flags], {
    env: { ...process.env, AZURITE_ACCOUNTS: accounts, NODE_OPTIONS: "" },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const origin = await announcedOrigin(child);
  return {
    endpoint: `${origin}/${account}`,
    account,
    accountKey,
    pid: child.pid ?? 0,
    close: () => end(child),
  };
}

async function secureFlags(folder: string, { cert, key }: Certificate): Promise<string[]> {
  const [certFile, keyFile] = [join(folder, "server.pem"), join(folder, "server.key")];
  await Promise.all([writeFile(certFile, cert), writeFile(keyFile, key, { mode: 0o600 })]);
  return ["--cert", certFile, "--key", keyFile, "--oauth", "basic"];
}

/** It says where it listens once it does; what it said instead is the best reason for a failed start. */
function announcedOrigin(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      reject(new Error(`Azurite did not answer within ${startMs} ms: ${said}`));
    }, startMs);
    const hear = (chunk: Buffer): void => {
      said = (said + chunk.toString()).slice(-4000);
      const origin = /successfully listens on (https?:\/\/[\d.]+:\d+)/.exec(said)?.[1];
      if (origin === undefined) return;
      clearTimeout(timer);
      resolve(origin);
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
    child.once("exit", (code) => {
      clearTimeout(timer);
      reject(new Error(`Azurite ended with code ${code}: ${said}`));
    });
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  // A Ctrl-C in a terminal reaches it as well: it may be ending by itself already.
  if (child.connected) child.send("shutdown", () => {});
  const timer = setTimeout(() => child.kill("SIGKILL"), stopMs);
  await ended;
  clearTimeout(timer);
}

function splitOnce(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark);
  return [text.slice(0, at), text.slice(at + 1)];
}
