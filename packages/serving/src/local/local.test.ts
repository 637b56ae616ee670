import { mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, onTestFinished } from "vitest";
import { servingContract } from "../contract/index.ts";
import { localServing } from "./index.ts";

const tokenFor = (id: string): string => `token of ${id}`;

/** Environments are made once for the file, as they are on a machine. */
let environments: string;
beforeAll(async () => {
  environments = await mkdtemp(join(tmpdir(), "serving-environments-"));
});
afterAll(() => rm(environments, { recursive: true, force: true }));

servingContract("local", async () => {
  const folder = await mkdtemp(join(tmpdir(), "serving-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await symlink(environments, join(folder, "environments"));
  return {
    folder,
    connect: () => localServing({ workDir: folder, tokenFor, stopTimeoutMs: 2000 }),
    async ask({ deploymentId, url }) {
      const headers = { authorization: `Bearer ${tokenFor(deploymentId)}` };
      const response = await fetch(url, { headers });
      const body: unknown = await response.json();
      return { status: response.status, body };
    },
  };
});
