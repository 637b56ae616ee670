import { createServer } from "node:net";

/** Throws one sentence when somebody already listens there. */
export function assertPortFree(port: number, variable: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", () =>
      reject(
        new Error(
          `Port ${port} on 127.0.0.1 is taken: stop what listens there, or set ${variable} to a free one.`,
        ),
      ),
    );
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve()));
  });
}
