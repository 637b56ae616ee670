import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { checkout, keepEnvironments, run } from "./python.ts";

export interface Stack {
  readonly apiUrl: string;
  readonly gatewayUrl: string;
  /** As it is printed where an empty installation is started. */
  readonly firstAdminLink: string;
  readonly dataDir: string;
  /** Programs that were still running afterwards; they are ended then. */
  stop(): Promise<string[]>;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/** Starts everything as `npm start` does, in an empty data folder, and reads what a person reads in the terminal. */
export async function startStack(): Promise<Stack> {
  const dataDir = mkdtempSync(join(tmpdir(), "preceptor-e2e-"));
  keepEnvironments(dataDir);
  const [api, gateway] = [await freePort(), await freePort()];
  // What runs is what people run, so it does not hear of a test: libraries behave otherwise when they do.
  const { DATABASE_URL: _, PRECEPTOR_PUBLIC_URL: __, NODE_ENV: ___, ...inherited } = process.env;
  const child = spawn(process.execPath, [join(checkout, "scripts", "start.ts")], {
    cwd: checkout,
    env: {
      ...inherited,
      PRECEPTOR_DATA_DIR: dataDir,
      PRECEPTOR_API_PORT: String(api),
      PRECEPTOR_GATEWAY_PORT: String(gateway),
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const stop = async (): Promise<string[]> => {
    if (child.exitCode === null && child.kill("SIGTERM")) await once(child, "exit");
    const left = await endLeftovers(dataDir);
    rmSync(dataDir, { recursive: true, force: true });
    return left;
  };
  try {
    const firstAdminLink = await readLink(child);
    const at = (port: number): string => `http://127.0.0.1:${port}`;
    return { apiUrl: at(api), gatewayUrl: at(gateway), firstAdminLink, dataDir, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A walk that broke off leaves its jobs running, by design; here nobody comes back for them. */
async function endLeftovers(dataDir: string): Promise<string[]> {
  const left: string[] = [];
  const { stdout } = await run("ps", ["-A", "-ww", "-o", "pid=,args="]);
  for (const line of stdout.split("\n")) {
    const [, pid, program] = /^\s*(\d+)\s+(.*)$/.exec(line) ?? [];
    if (!program?.includes(dataDir)) continue;
    left.push(program);
    try {
      process.kill(Number(pid), "SIGKILL");
    } catch {
      // It ended by itself in the meantime.
    }
  }
  return left;
}

function readLink(child: ChildProcess): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    if (stream)
      createInterface({ input: stream }).on("line", (line) => {
        said.push(line);
        const link = /http:\/\/\S+\/setup\?token=\S+/.exec(line)?.[0];
        if (link !== undefined) resolve(link);
      });
  child.once("exit", () => reject(new Error(`The stack did not start:\n${said.join("\n")}`)));
  return promise;
}

/** Files of the built UI that hold React's development copy: a fault in how it is built, and several times slower. */
export const developmentFiles = (): string[] => {
  const assets = join(checkout, "apps/admin/dist/assets");
  return readdirSync(assets).filter(
    (name) => name.endsWith(".js") && readFileSync(join(assets, name), "utf8").includes("jsxDEV"),
  );
};

/** The end of each process's log: what one wants to read when the walk stopped. */
export const lastWords = ({ dataDir }: Stack): string =>
  readdirSync(join(dataDir, "logs"))
    .map((name) => {
      const lines = readFileSync(join(dataDir, "logs", name), "utf8")
        .trim()
        .split("\n");
      return `${name}\n${lines.slice(-15).join("\n")}`;
    })
    .join("\n\n");
