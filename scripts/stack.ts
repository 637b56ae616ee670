import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { config, root } from "./config.ts";
import { buildAdmin } from "./stack/admin.ts";
import { supervise, type ChildSpec, type Line, type SupervisedChild } from "./stack/child.ts";
import { openDatabase } from "./stack/database.ts";
import { lockDataFolder } from "./stack/lock.ts";
import { assertPortFree } from "./stack/ports.ts";
import { readOrMakeSecrets } from "./stack/secrets.ts";
import { storageVariables } from "./stack/storage-variables.ts";

export type StackOptions = {
  dataDir: string;
  ports: { api: number; gateway: number };
  onLine?: (line: Line) => void;
  /** Start each process again when its sources change, and leave the web UI to vite. */
  watch?: boolean;
  databaseUrl?: string | undefined;
  /** Added to the environment of every process. */
  env?: Record<string, string>;
};

export type Stack = {
  apiUrl: string;
  gatewayUrl: string;
  /** The one-time link of an empty installation, once. */
  firstAdminLink: string | undefined;
  /** As the application role; for scripts that look at what happened. */
  databaseUrl: string;
  processes: readonly SupervisedChild[];
  /** Stops gateway, worker, API and database, in this order. Safe to repeat. */
  stop(): Promise<void>;
};

/** Starts everything on this machine and resolves when all of it answers. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const dataDir = resolve(options.dataDir);
  mkdirSync(dataDir, { recursive: true, mode: 0o711 });
  const undo: (() => unknown)[] = [lockDataFolder(dataDir)];
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopped ??= unwind(undo));
  try {
    await assertPortFree(options.ports.api, "PRECEPTOR_API_PORT");
    await assertPortFree(options.ports.gateway, "PRECEPTOR_GATEWAY_PORT");
    const link = join(dataDir, "first-admin-link");
    rmSync(link, { force: true });
    const [opened, built] = await Promise.allSettled([
      openDatabase(dataDir, options.databaseUrl),
      options.watch ? undefined : buildAdmin(),
    ]);
    const database = valueOf(opened);
    undo.push(database.stop);
    valueOf(built);
    const env = childEnvironment(options, dataDir, database.appUrl);
    const begin = async (name: string): Promise<SupervisedChild> => {
      const child = await supervise(
        childSpec(name, env, dataDir, options.watch ?? false),
        options.onLine ?? (() => {}),
      );
      undo.push(child.stop);
      return child;
    };
    // None needs another to be up first: the link of an empty installation is there once the API says ready.
    const started = await Promise.allSettled([begin("api"), begin("worker"), begin("gateway")]);
    const processes = started.map((result) => valueOf(result));
    const apiUrl = `http://127.0.0.1:${options.ports.api}`;
    const gatewayUrl = `http://127.0.0.1:${options.ports.gateway}`;
    const about = {
      pid: process.pid,
      apiUrl,
      gatewayUrl,
      processes: processes.map(({ name, pid }) => ({ name, pid })),
    };
    undo.push(() => rmSync(join(dataDir, "stack.json"), { force: true }));
    writeFileSync(join(dataDir, "stack.json"), `${JSON.stringify(about, null, 2)}\n`);
    const firstAdminLink = existsSync(link) ? readFileSync(link, "utf8").trim() : undefined;
    return { apiUrl, gatewayUrl, firstAdminLink, databaseUrl: database.appUrl, processes, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function valueOf<T>(result: PromiseSettledResult<T>): T {
  if (result.status === "rejected") throw result.reason;
  return result.value;
}

async function unwind(undo: readonly (() => unknown)[]): Promise<void> {
  for (const step of undo.toReversed()) await step();
}

/** Without it V8 lets garbage of the start stand: three times the memory of an idle process. */
const SMALL_NURSERY = "--max-semi-space-size=4";

function childSpec(
  name: string,
  env: Record<string, string>,
  dataDir: string,
  watch: boolean,
): ChildSpec {
  const entry = join(root, "apps", name, "src", "main.ts");
  const guard = join(root, "scripts", "stack", "guard.mjs");
  const flags = watch ? ["--watch", "--watch-preserve-output"] : [];
  const shortResolve = join(root, "scripts", "stack", "short-resolve.mjs");
  const args = [SMALL_NURSERY, ...flags, "--import", guard, "--import", shortResolve, entry];
  return {
    name,
    command: process.execPath,
    args,
    env,
    cwd: root,
    logFolder: join(dataDir, "logs"),
    announces: true,
  };
}

/** The owner's URL stays here: no child may hold more than the application role. */
function childEnvironment(
  options: StackOptions,
  dataDir: string,
  appUrl: string,
): Record<string, string> {
  const { secret, signingKeyFile, servingKeyFile } = readOrMakeSecrets(dataDir);
  const inherited = Object.entries(config.environment).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && entry[0] !== "DATABASE_OWNER_URL",
  );
  return {
    ...Object.fromEntries(inherited),
    DATABASE_URL: appUrl,
    // Stripped and compiled sources are kept: the next start is a good second shorter.
    NODE_COMPILE_CACHE: config.environment.NODE_COMPILE_CACHE ?? join(dataDir, "cache", "compiled"),
    PRECEPTOR_DATA_DIR: dataDir,
    PRECEPTOR_API_PORT: String(options.ports.api),
    PRECEPTOR_GATEWAY_PORT: String(options.ports.gateway),
    PRECEPTOR_PUBLIC_URL:
      config.environment.PRECEPTOR_PUBLIC_URL ?? `http://127.0.0.1:${options.ports.api}`,
    PRECEPTOR_SECRET: secret,
    PRECEPTOR_SIGNING_KEY_FILE: signingKeyFile,
    PRECEPTOR_SERVING_KEY_FILE: servingKeyFile,
    ...storageVariables(dataDir, { ...config.environment, ...options.env }),
    PRECEPTOR_WORK_DIR: join(dataDir, "work"),
    PRECEPTOR_LOG_LEVEL: config.logLevel,
    // Ctrl-C ends what answers; a worker that only starts again leaves it running.
    ...(options.watch ? {} : { PRECEPTOR_END_SERVED: "1" }),
    ...options.env,
  };
}
