import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { startStorage, type RunningStorage } from "./storage.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Address of what this run's files share; each thing there starts when it is first asked for. */
    runWide: string;
  }
}

/** Vitest's globalSetup: one storage emulator and one reader of the API description for all files, started only when a test needs them. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let storage: Promise<RunningStorage> | undefined;
  let checker: ChildProcess | undefined;
  let asked = 0;
  const check = async (exchanges: unknown): Promise<unknown> => {
    checker ??= fork(join(import.meta.dirname, "conformance-process.ts"), {
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const number = asked++;
    const child = checker;
    const hear = (answer: { number: number }): void => {
      if (answer.number === number) resolve(answer);
    };
    const ended = (): void => reject(new Error("the reader of the API description ended"));
    child.on("message", hear);
    child.once("exit", ended);
    child.send({ number, exchanges });
    return promise.finally(() => child.off("message", hear).off("exit", ended));
  };
  const server = createServer((request, response) => {
    const answer =
      request.url === "/storage"
        ? (storage ??= startStorage()).then(({ shared }) => shared)
        : json(request).then(check);
    answer.then(
      (body) => response.end(JSON.stringify(body)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  project.provide("runWide", `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return async () => {
    server.closeAllConnections();
    server.close();
    checker?.kill("SIGKILL");
    await storage?.then(({ close }) => close());
  };
}
