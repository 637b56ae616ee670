import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import type { RequestListener } from "node:http";
import { createServer, get } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { pathToFileURL } from "node:url";
import {
  blobContainer,
  copyInParts,
  faultOf,
  makeThrottle,
  readCloud,
  stageFolder,
  type AzureConnection,
} from "@preceptor/azure";
import type { RequestPolicyFactory } from "@azure/storage-blob";
import { azureBlobStore } from "@preceptor/storage/azure-blob";
import {
  blobClients,
  emulatorCredential,
  startAzurite,
  throwAwayAuthority,
  type Certificate,
} from "@preceptor/storage/testing";
import { expect, onTestFinished, test } from "vitest";

test("a folder is staged from files and links once, and wrong bytes are never there", async () => {
  const { container, folder, connection } = await world();
  const file = async (path: string, text: string) => {
    const place = join(folder, path.replaceAll("/", "-"));
    await writeFile(place, text);
    const sha256 = createHash("sha256").update(text).digest("hex");
    return { path, sha256, sizeBytes: Buffer.byteLength(text), link: pathToFileURL(place).href };
  };
  const files = [await file("a.txt", "first"), await file("deep/b.txt", "second")];
  await stageFolder(connection, container, "preceptor/inputs/one/", files);
  expect(await names(container)).toEqual([
    "preceptor/inputs/one.staged",
    "preceptor/inputs/one/a.txt",
    "preceptor/inputs/one/deep/b.txt",
  ]);

  // What is there is not asked for again.
  await stageFolder(
    connection,
    container,
    "preceptor/inputs/one",
    files.map((each) => ({ ...each, link: () => Promise.reject(new Error("asked")) })),
  );

  const link = async () => container.getBlobClient("preceptor/inputs/one/a.txt").url;
  const [first] = files;
  if (first === undefined) throw new Error("unreachable");
  await stageFolder(connection, container, "preceptor/inputs/two", [{ ...first, link }]);
  const copied = container.getBlobClient("preceptor/inputs/two/a.txt");
  expect((await copied.downloadToBuffer()).toString()).toBe("first");

  const wrong = { ...(await file("c.txt", "third")), sha256: "0".repeat(64) };
  await expect(
    stageFolder(connection, container, "preceptor/inputs/three", [wrong]),
  ).rejects.toMatchObject({
    code: "digest-mismatch",
  });
  expect((await names(container)).filter((name) => name.includes("three"))).toEqual([]);
});

test("a mark of yesterday is not believed: what a storage's rule removed since is brought again", async () => {
  const { container, folder, connection } = await world();
  const staged = async (path: string, text: string) => {
    await writeFile(join(folder, path), text);
    const sha256 = createHash("sha256").update(text).digest("hex");
    const link = pathToFileURL(join(folder, path)).href;
    return { path, sha256, sizeBytes: Buffer.byteLength(text), link };
  };
  const files = [await staged("a", "first"), await staged("empty", "")];
  await stageFolder(connection, container, "preceptor/inputs/one", files);
  await container.getBlobClient("preceptor/inputs/one/a").delete();

  await stageFolder(connection, container, "preceptor/inputs/one", files);
  expect(await names(container)).not.toContain("preceptor/inputs/one/a");

  const tomorrow = () => Date.now() + 25 * 3600_000;
  await stageFolder(connection, container, "preceptor/inputs/one", files, tomorrow);
  expect(await names(container)).toContain("preceptor/inputs/one/a");
});

test("two who stage the same folder at once both succeed", async () => {
  const { container, folder, connection } = await world();
  const bytes = Buffer.alloc(300_000, "x");
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const place = join(folder, "x");
  await writeFile(place, bytes);
  const link = pathToFileURL(place).href;
  const files = Array.from({ length: 8 }, (_, n) => ({
    path: `${n}.bin`,
    sha256,
    sizeBytes: bytes.length,
    link,
  }));
  const staging = Array.from({ length: 4 }, () =>
    stageFolder(connection, container, "preceptor/x", files),
  );
  await Promise.all(staging);
  expect((await names(container)).length).toBe(9);
});

test("what the storage cannot fetch itself is read by us, with the authority of the connection and no other", async () => {
  const { container, connection, tls } = await world();
  const asked: (string | undefined)[] = [];
  const text = "behind a link";
  const elsewhere = await serve(tls, (request, response) => {
    asked.push(request.headers.authorization);
    response.writeHead(200, { "content-length": Buffer.byteLength(text), etag: '"1"' });
    if (request.method === "GET") response.write(text);
  });
  const sha256 = createHash("sha256").update(text).digest("hex");
  const file = {
    path: "a.txt",
    sha256,
    sizeBytes: Buffer.byteLength(text),
    link: `${elsewhere}/other/data/a`,
  };
  await stageFolder(connection, container, "preceptor/linked", [file]);
  const staged = container.getBlobClient("preceptor/linked/a.txt");
  expect((await staged.downloadToBuffer()).toString()).toBe(text);
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.filter((token) => token !== undefined)).toEqual([]);
});

test("a large file goes from storage to storage in parts, each through a link of its own, and goes on where it was cut", async () => {
  const { endpoint, ca } = await world();
  const clients = blobClients({ endpoint, container: "data", ca, policy: copiesParts(ca) });
  const { container } = clients;
  const store = azureBlobStore(clients);
  const bytes = Buffer.from(Array.from({ length: 10_500 }, (_, n) => n % 251));
  await container.getBlockBlobClient("source").uploadData(bytes);
  const asked: number[] = [];
  let answers = 4;
  const file = {
    path: "large",
    sha256: createHash("sha256").update(bytes).digest("hex"),
    sizeBytes: bytes.length,
    link: async (lifeMs: number) => {
      asked.push(lifeMs);
      answers -= 1;
      return answers >= 0 ? store.link("source", lifeMs) : `${endpoint}/data/none`;
    },
  };
  const target = container.getBlockBlobClient("large");
  await expect(copyInParts(target, file, 1000)).rejects.toThrow("cannot be read");
  expect(await target.exists()).toBe(false);
  const before = (await target.getBlockList("uncommitted")).uncommittedBlocks?.length ?? 0;
  expect(before).toBeGreaterThan(0);

  [answers, asked.length] = [100, 0];
  await copyInParts(target, file, 1000);
  expect(asked.length).toBe(11 - before);
  expect(Math.max(...asked)).toBeLessThan(10 * 60_000);
  expect((await target.downloadToBuffer()).equals(bytes)).toBe(true);
  expect((await target.getProperties()).metadata).toMatchObject({ sha256: file.sha256 });
});

test("a copy that failed is over: none of its parts is still on its way", async () => {
  const { endpoint, ca } = await world();
  const clients = blobClients({ endpoint, container: "data", ca, policy: copiesParts(ca) });
  const store = azureBlobStore(clients);
  const bytes = Buffer.alloc(2000, 7);
  await clients.container.getBlockBlobClient("source").uploadData(bytes);
  const { promise: other, resolve: refused } = Promise.withResolvers<void>();
  let asked = 0;
  const link = async (lifeMs: number): Promise<string> => {
    asked += 1;
    if (asked === 1) {
      await other;
      return store.link("source", lifeMs);
    }
    refused();
    throw new Error("there is no link for it");
  };
  const target = clients.container.getBlockBlobClient("large");
  const file = { path: "large", sha256: "0".repeat(64), sizeBytes: bytes.length, link };
  await expect(copyInParts(target, file, 1000)).rejects.toThrow("there is no link for it");
  expect((await target.getBlockList("uncommitted")).uncommittedBlocks).toHaveLength(1);
});

test("a storage that redirects gets no token carried to where it points", async () => {
  const { ca, issue } = await throwAwayAuthority();
  const tls = await issue(["127.0.0.1"]);
  const asked: string[] = [];
  const foreign = await serve(tls, (request) => void asked.push(request.url ?? ""));
  const storage = await serve(tls, (_request, response) => {
    response.writeHead(307, { location: `${foreign}/data/x` });
  });
  const container = blobContainer(connectionTo(ca), { blobEndpoint: storage, container: "data" });
  const error: unknown = await container.exists().catch((thrown: unknown) => thrown);
  expect(faultOf(error).kind).toBe("garbled");
  expect(asked).toEqual([]);
});

async function world() {
  const folder = await mkdtemp(join(tmpdir(), "stage-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const { ca, issue } = await throwAwayAuthority();
  const tls = await issue(["127.0.0.1"]);
  const azurite = await startAzurite({ folder: join(folder, "azurite"), tls });
  onTestFinished(() => azurite.close());
  const connection = connectionTo(ca);
  const container = blobContainer(connection, {
    blobEndpoint: azurite.endpoint,
    container: "data",
  });
  await container.create();
  return { container, folder, connection, tls, ca, endpoint: azurite.endpoint };
}

/** Put Block From URL as a storage does it: the emulator does not trust its own certificate, so its part of it is done here. */
const copiesParts = (ca: string): RequestPolicyFactory => ({
  create: (next) => ({
    async sendRequest(request) {
      const source = request.headers.get("x-ms-copy-source");
      if (source === undefined) return next.sendRequest(request);
      const range = request.headers.get("x-ms-source-range") ?? "";
      const { status, body } = await readRange(source, range, ca);
      if (status !== 206) throw new Error(`the source cannot be read: ${status}`);
      for (const name of ["x-ms-copy-source", "x-ms-source-range"]) request.headers.remove(name);
      request.headers.set("content-length", String(body.length));
      request.body = body;
      return next.sendRequest(request);
    },
  }),
});

const readRange = (link: string, range: string, ca: string) =>
  new Promise<{ status: number | undefined; body: Buffer }>((resolve, reject) => {
    get(link, { ca, headers: { range } }, (answer) => {
      buffer(answer).then((body) => resolve({ status: answer.statusCode, body }), reject);
    }).on("error", reject);
  });

const connectionTo = (certificateAuthority: string): AzureConnection => ({
  cloud: { ...readCloud({}), certificateAuthority },
  credential: emulatorCredential(),
  throttle: makeThrottle(),
});

async function serve(tls: Certificate, answer: RequestListener): Promise<string> {
  const server = createServer(tls, (request, response) => {
    answer(request, response);
    response.end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return `https://127.0.0.1:${address.port}`;
}

async function names(container: ReturnType<typeof blobContainer>): Promise<string[]> {
  const found: string[] = [];
  for await (const { name } of container.listBlobsFlat()) found.push(name);
  return found.toSorted();
}
