import { spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { locateBinaries, type PostgresBinaries } from "./embedded-binaries.ts";
import { forgetReusedPid, runningServer } from "./embedded-pid.ts";
import { chooseUser, type RunAs } from "./embedded-user.ts";

export type EmbeddedOptions = {
  /** Everything goes into `<dataDir>/postgres`. */
  dataDir: string;
  /** `false` only for throwaway databases: a power cut then loses data. */
  durable?: boolean;
  /** Connections the server accepts; default 100. */
  maxConnections?: number;
};

export type EmbeddedPostgres = {
  /** URL of the superuser on database `postgres`; only `ensureRoles` needs it. */
  adminUrl: string;
  port: number;
  pid: number;
  /** True when a server left running by an earlier process was found again. */
  found: boolean;
  stop(): Promise<void>;
};

const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 15_000;

/** Starts Postgres on loopback, or finds the one that already runs on this data folder. */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const folder = join(resolve(options.dataDir), "postgres");
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  const dataFolder = join(folder, "data");
  const password = readOrMakePassword(join(folder, "password"));
  const running = runningServer(dataFolder);
  if (running !== undefined)
    return handle(dataFolder, password, await untilReady(dataFolder), true);
  const binaries = await locateBinaries();
  const runAs = chooseUser([folder, binaries.folder]);
  if (!existsSync(dataFolder))
    await initialise(folder, binaries, runAs, password, options.durable ?? true);
  forgetReusedPid(dataFolder);
  const log = join(folder, "server.log");
  const launch = async (): Promise<{ pid: number; port: number }> => {
    const port = await choosePort(join(folder, "port"));
    const child = run(
      binaries.postgres,
      ["-D", dataFolder, ...settings(port, options)],
      runAs,
      log,
    );
    child.unref();
    return untilReady(dataFolder, child, log);
  };
  return handle(dataFolder, password, await launchPatiently(launch), false);
}

/** Sessions of a server that was just killed hold its memory for a moment, and a free port can be taken meanwhile. */
async function launchPatiently<T>(launch: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    try {
      return await launch();
    } catch (error) {
      const passes =
        error instanceof Error && /still in use|Address already in use/.test(error.message);
      if (!passes || Date.now() > deadline) throw error;
      await delay(200);
    }
  }
}

function handle(
  dataFolder: string,
  password: string,
  server: { pid: number; port: number },
  found: boolean,
): EmbeddedPostgres {
  const adminUrl = `postgres://postgres:${password}@127.0.0.1:${server.port}/postgres`;
  return {
    adminUrl,
    port: server.port,
    pid: server.pid,
    found,
    stop: () => stopEmbedded(dataFolder),
  };
}

/** Stops the server on this data folder: sessions are ended, nothing committed is lost. Succeeds if none runs. */
async function stopEmbedded(dataFolder: string): Promise<void> {
  const server = runningServer(dataFolder);
  if (server === undefined) return;
  process.kill(server.pid, "SIGINT");
  const deadline = Date.now() + STOP_TIMEOUT_MS;
  while (runningServer(dataFolder)?.pid === server.pid) {
    if (Date.now() > deadline) {
      process.kill(server.pid, "SIGQUIT");
      return;
    }
    await delay(20);
  }
}

function settings(port: number, options: EmbeddedOptions): string[] {
  const always = {
    port: String(port),
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: String(options.maxConnections ?? 100),
    timezone: "UTC",
    log_timezone: "UTC",
  };
  const careless = {
    fsync: "off",
    synchronous_commit: "off",
    full_page_writes: "off",
    autovacuum: "off",
    jit: "off",
  };
  const chosen = options.durable === false ? { ...always, ...careless } : always;
  return Object.entries(chosen).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

/** Builds the cluster beside its place and renames it in, so a half-made one is never taken for a whole one. */
async function initialise(
  folder: string,
  binaries: PostgresBinaries,
  runAs: RunAs,
  password: string,
  durable: boolean,
): Promise<void> {
  const fresh = join(folder, "data.new");
  const passwordFile = join(folder, "password.init");
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { mode: 0o700 });
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  for (const path of [fresh, passwordFile])
    if (runAs.uid !== undefined) chownSync(path, runAs.uid, runAs.gid ?? runAs.uid);
  const log = join(folder, "initdb.log");
  // Postgres's own C.UTF-8 needs no locale of the machine and sorts the same everywhere.
  const locale = [
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
  ];
  const flags = [
    "--username=postgres",
    "--auth=scram-sha-256",
    `--pwfile=${passwordFile}`,
    ...locale,
    ...(durable ? [] : ["--no-sync"]),
  ];
  const child = run(binaries.initdb, ["-D", fresh, ...flags], runAs, log);
  const code = await new Promise((settle) => child.once("exit", settle).once("error", settle));
  rmSync(passwordFile, { force: true });
  if (code !== 0) throw new Error(`Postgres could not set up ${folder}: ${tail(log)}`);
  renameSync(fresh, join(folder, "data"));
}

function run(program: string, args: readonly string[], runAs: RunAs, log: string): ChildProcess {
  const [command = program, ...rest] = [...runAs.prefix, program, ...args];
  const output = openSync(log, "a", 0o600);
  const identity =
    runAs.prefix.length === 0 && runAs.uid !== undefined
      ? { uid: runAs.uid, gid: runAs.gid ?? runAs.uid }
      : {};
  const env = { PATH: "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" };
  // Detached: Ctrl-C in a terminal must not end the database before its clients.
  const child = spawn(command, rest, {
    detached: true,
    stdio: ["ignore", output, output],
    env,
    cwd: "/",
    ...identity,
  });
  closeSync(output);
  return child;
}

async function untilReady(
  dataFolder: string,
  child?: ChildProcess,
  log?: string,
): Promise<{ pid: number; port: number }> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  let failed = false;
  child?.once("exit", () => (failed = true)).once("error", () => (failed = true));
  for (;;) {
    const server = runningServer(dataFolder);
    if (server?.ready) return server;
    if (failed || Date.now() > deadline)
      throw new Error(`Postgres did not start: ${log ? tail(log) : dataFolder}`);
    await delay(15);
  }
}

function readOrMakePassword(path: string): string {
  if (!existsSync(path))
    writeFileSync(path, randomBytes(24).toString("hex"), { mode: 0o600, flag: "wx" });
  return readFileSync(path, "utf8").trim();
}

/** The port of the last start if it is still free, else a new one, remembered. */
async function choosePort(path: string): Promise<number> {
  const last = existsSync(path) ? Number(readFileSync(path, "utf8")) : 0;
  const port = (last > 0 ? await freePort(last) : undefined) ?? (await freePort(0));
  if (port === undefined) throw new Error("No free port on 127.0.0.1 for Postgres.");
  writeFileSync(path, String(port));
  return port;
}

function freePort(wanted: number): Promise<number | undefined> {
  return new Promise((settle) => {
    const probe = createServer();
    probe.once("error", () => settle(undefined));
    probe.listen(wanted, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() =>
        settle(typeof address === "object" && address !== null ? address.port : undefined),
      );
    });
  });
}

function tail(log: string): string {
  return readFileSync(log, "utf8").trim().split("\n").slice(-4).join(" | ");
}
