import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { specOf } from "../contract/index.ts";
import type { ServedFile } from "../provider.ts";
import { localServing } from "./index.ts";

const tokenFor = (id: string): string => `token of ${id}`;
const aFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), "serving-links-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
};

/** A store that takes connections and never says a word. */
async function aSilentStore(): Promise<string> {
  const sockets = new Set<{ destroy(): void }>();
  const server = createServer((socket) => void sockets.add(socket.on("error", () => {})));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}/weights`;
}

test("a link's signature is not on disk: a preparation that died with its worker is asked for anew", async () => {
  const [workDir, bytes] = [await aFolder(), await aFolder()];
  const spec = await specOf(bytes, "weights of one");
  const link = `${await aSilentStore()}?sv=2025&sig=c2lnbmF0dXJl`;
  const signed = spec.files.map((file): ServedFile => ({ ...file, link }));
  const former = localServing({ workDir, tokenFor, stopTimeoutMs: 2000 });
  const handle = await former.start("dep_signed", { ...spec, files: signed });
  const kept = await readFile(join(workDir, "deployments", "dep_signed", "spec.json"), "utf8");
  expect(kept).toContain("/weights");
  expect(kept).not.toContain("sig");
  expect((await former.observe([handle]))[0]?.kind).toBe("starting");

  const next = localServing({ workDir, tokenFor, stopTimeoutMs: 2000 });
  expect(await next.observe([handle])).toEqual([{ kind: "gone" }]);
  expect(await next.start("dep_signed", spec)).toEqual(handle);
  onTestFinished(() => next.stop(handle));
  await vi.waitFor(async () => expect((await next.observe([handle]))[0]?.kind).toBe("healthy"), {
    timeout: 60_000,
    interval: 100,
  });
}, 90_000);
