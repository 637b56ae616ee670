import { createHash, randomInt, randomUUID } from "node:crypto";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import type { IncomingHttpHeaders } from "node:http";
import { get } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { inspect } from "node:util";
import type { RequestPolicyFactory } from "@azure/storage-blob";
import { blobContainer, blobService, makeThrottle } from "@preceptor/azure";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { behindTheEdge } from "../behind-the-edge.ts";
import { storageContract } from "../contract/index.ts";
import {
  blobClients,
  emulatorCredential,
  madeBytes,
  startAzurite,
  throwAwayAuthority,
  type Azurite,
  type BlobClients,
} from "../testing/index.ts";
import { azureBlobStore, type AzureBlobOptions } from "./index.ts";

const KiB = 1024;
let folder: string;
let ca: string;
let azurite: Azurite;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "azure-blob-"));
  const authority = await throwAwayAuthority();
  ca = authority.ca;
  await writeFile(join(folder, "ca.pem"), ca);
  azurite = await startAzurite({ folder, tls: await authority.issue(["127.0.0.1"]) });
}, 60_000);
afterAll(async () => {
  await azurite?.close();
  await rm(folder, { recursive: true, force: true });
});

/** A container of its own; counts the requests that went to it (`PUT block`) and keeps the ids of the blocks sent. */
async function aStore(options: Partial<AzureBlobOptions> = {}, policy?: RequestPolicyFactory) {
  const sent: string[] = [];
  const blockIds: string[] = [];
  const record: RequestPolicyFactory = {
    create: (next, settings) => ({
      async sendRequest(request) {
        const asked = new URL(request.url).searchParams;
        sent.push(`${request.method} ${asked.get("comp") ?? "blob"}`);
        blockIds.push(...asked.getAll("blockid"));
        return (policy?.create(next, settings) ?? next).sendRequest(request);
      },
    }),
  };
  const container = `c-${randomUUID()}`;
  const clients = blobClients({ endpoint: azurite.endpoint, container, ca, policy: record });
  await clients.container.create();
  const count = (what: string): number => sent.filter((each) => each === what).length;
  return { store: azureBlobStore({ ...clients, ...options }), clients, count, blockIds };
}

const made = (seed: number, sizeBytes: number, chunkBytes = 16 * KiB): Readable =>
  Readable.from(madeBytes(seed, sizeBytes, chunkBytes));
const digestOf = (bytes: Iterable<Buffer>): string => {
  const hash = createHash("sha256");
  for (const chunk of bytes) hash.update(chunk);
  return hash.digest("hex");
};

// Through the clients that the processes use: pinned to the host, with the authority of the connection only.
storageContract("azure-blob", async () => {
  const nowhere = "https://127.0.0.1:1";
  const connection = {
    cloud: {
      resourceManager: nowhere,
      authority: nowhere,
      runHistory: () => nowhere,
      mayAnswer: () => false,
      certificateAuthority: ca,
    },
    credential: emulatorCredential(),
    throttle: makeThrottle(),
  };
  const blobEndpoint = azurite.endpoint;
  const container = blobContainer(connection, { blobEndpoint, container: `c-${randomUUID()}` });
  await container.create();
  return azureBlobStore({ container, service: blobService(connection, { blobEndpoint }) });
});

describe("an upload of many blocks", () => {
  const blockBytes = 64 * KiB;

  it("killed at a random byte goes on where it was, and sends no staged block again", async () => {
    const [seed, sizeBytes, blocks] = [randomInt(1_000_000), 128 * blockBytes - 1, 128];
    const { store, clients, blockIds } = await aStore({ blockBytes });
    const killAt = randomInt(blocks * 0.25 * blockBytes, blocks * 0.75 * blockBytes);
    await uploadUntilKilled(clients, { seed, sizeBytes, blockBytes, killAt });

    expect(await store.stat("big")).toBeNull();
    const list = await clients.container.getBlockBlobClient("big").getBlockList("uncommitted");
    const staged = new Set(list.uncommittedBlocks?.map((block) => block.name));
    expect(staged.size, `killed at ${killAt}`).toBeGreaterThan(0);
    expect(staged.size, `killed at ${killAt}`).toBeLessThan(blocks);

    const sha256 = digestOf(madeBytes(seed, sizeBytes, KiB));
    await expect(store.put("big", made(seed, sizeBytes), { sha256, sizeBytes })).resolves.toEqual({
      sha256,
      sizeBytes,
    });
    expect(blockIds.length).toBeGreaterThan(0);
    expect(blockIds.filter((id) => staged.has(id))).toEqual([]);
    expect(digestOf([await buffer(await store.get("big"))])).toBe(sha256);
  }, 60_000);

  it("takes no staged block for another upload's, however alike they begin", async () => {
    const { store, count } = await aStore({ blockBytes });
    const cut = Readable.from(
      (function* () {
        yield* madeBytes(1, 4 * blockBytes, KiB);
        throw new Error("socket hang up");
      })(),
    );
    await expect(store.put("alike", cut)).rejects.toMatchObject({ code: "invalid" });
    const bytes = Buffer.concat([...madeBytes(1, 4 * blockBytes, KiB)]);
    bytes[blockBytes + 5] = (bytes[blockBytes + 5] ?? 0) ^ 1;
    const before = count("PUT block");
    await store.put("alike", Readable.from([bytes]));
    expect(count("PUT block") - before).toBe(3);
    expect((await buffer(await store.get("alike"))).equals(bytes)).toBe(true);
  });

  it.each([
    ["other bytes: one wins, the other is told", [1, 2], ["already-exists"]],
    ["the same bytes: both succeed", [3, 3], []],
  ])("two writers of a name with %s", async (_, seeds, refusals) => {
    const { store } = await aStore({ blockBytes });
    const outcomes = await Promise.allSettled(
      seeds.map((seed) => store.put("raced", made(seed, 10 * blockBytes))),
    );
    const refused = outcomes.flatMap((outcome) =>
      outcome.status === "rejected" ? [outcome.reason.code] : [],
    );
    expect(refused).toEqual(refusals);
    const kept = digestOf([await buffer(await store.get("raced"))]);
    expect(seeds.map((seed) => digestOf(madeBytes(seed, 10 * blockBytes, KiB)))).toContain(kept);
  });

  it("sends no block of an object that is there already, and still compares every byte", async () => {
    const { store, count } = await aStore({ blockBytes });
    await store.put("there", made(1, 5 * blockBytes));
    const before = count("PUT block");
    await store.put("there", made(1, 5 * blockBytes));
    await expect(store.put("there", made(2, 5 * blockBytes))).rejects.toMatchObject({
      code: "already-exists",
    });
    expect(count("PUT block")).toBe(before);
  });

  it.each([
    ["a block", "once is sent again", 3 * blockBytes, 1, null],
    ["a block", "every time is refused", 3 * blockBytes, 100, "digest-mismatch"],
    ["a body of one request", "once is sent again", 1000, 1, null],
    ["a body of one request", "every time is refused", 1000, 100, "digest-mismatch"],
  ])("%s that is damaged on the way %s", async (_what, _how, sizeBytes, times, code) => {
    let left = times;
    const damage = damageBytes(() => left-- > 0);
    const { store } = await aStore({ blockBytes }, damage);
    const put = store.put("damaged", made(7, sizeBytes));
    if (code === null) await expect(put).resolves.toMatchObject({ sizeBytes });
    else await expect(put).rejects.toMatchObject({ code });
    const kept = code === null ? { name: "damaged", sizeBytes } : null;
    expect(await store.stat("damaged")).toEqual(kept);
  });
});

describe("a download", () => {
  it("reads parts at once, gives them in order, and never runs ahead of a slow reader", async () => {
    const { store, count } = await aStore({ rangeBytes: 10_000, rangesInFlight: 3 });
    await store.put("parts", made(5, 95_000));
    const stream = await store.get("parts");
    const reader = stream[Symbol.asyncIterator]();
    const first = await reader.next();
    await expect.poll(() => count("GET blob")).toBe(4);
    const rest: Buffer[] = [first.value];
    for (let next = await reader.next(); next.done !== true; next = await reader.next())
      rest.push(next.value);
    expect(count("GET blob")).toBe(10);
    expect(digestOf(rest)).toBe(digestOf(madeBytes(5, 95_000, KiB)));
    const across = await buffer(await store.get("parts", { start: 9_000, end: 31_000 }));
    expect(across.equals(Buffer.concat(rest).subarray(9_000, 31_000))).toBe(true);
  });

  it.each([
    ["have another digest than was recorded", { sha256: "0".repeat(64) }],
    ["have no recorded digest", {}],
  ])("fails at its end when the bytes %s", async (_, metadata: Record<string, string>) => {
    const { store, clients } = await aStore({ rangeBytes: 1000 });
    await store.put("rotten", made(1, 5000));
    await clients.container.getBlobClient("rotten").setMetadata(metadata);
    await expect(buffer(await store.get("rotten"))).rejects.toMatchObject({
      code: "digest-mismatch",
    });
  });
});

describe("a link", () => {
  it("is given for each of many files asked for at once, with one key", async () => {
    const { store, count } = await aStore();
    await store.put("a", made(1, 10));
    const links = await Promise.all(Array.from({ length: 200 }, () => store.link("a", 60_000)));
    expect(new Set(links.map((link) => new URL(link).pathname)).size).toBe(1);
    expect(count("POST userdelegationkey")).toBeLessThan(3);
  });

  it("reads its object without any header, nothing else, and not for long", async () => {
    const { store, count } = await aStore();
    await store.put("a b/ü?#%", made(1, 3000));
    await store.put("other", made(2, 10));
    const link = await store.link("a b/ü?#%", 60_000);
    const short = await store.link("other", 2000);
    expect(count("POST userdelegationkey")).toBe(1);

    expect(new URL(link).searchParams.get("sp")).toBe("r");
    const { status, body } = await fetched(link);
    expect([status, digestOf([body])]).toEqual([200, digestOf(madeBytes(1, 3000, KiB))]);
    expect((await fetched(short)).status).toBe(200);
    const other = new URL(short);
    other.search = new URL(link).search;
    expect((await fetched(other.href)).status).toBe(403);
    await expect.poll(async () => (await fetched(short)).status, { timeout: 10_000 }).toBe(403);
  });
});

storageContract("azure-blob behind the edge", async () => behindTheEdge((await aStore()).store));

it("a link for a browser saves under its name and can be had no other way, and not for long", async () => {
  const { store } = await aStore();
  await store.put("page", made(1, 3000));
  const save = { fileName: "notes-1-a.html" };
  const link = (await store.saveLink("page", { ...save, ttlMs: 60_000 })) ?? "";
  const { status, body, headers } = await fetched(link);
  expect([status, digestOf([body])]).toEqual([200, digestOf(madeBytes(1, 3000, KiB))]);
  expect(headers).toMatchObject({
    "content-disposition": 'attachment; filename="notes-1-a.html"',
    "content-type": "application/octet-stream",
  });
  const asked = new URL(link);
  expect([asked.searchParams.get("sp"), asked.searchParams.get("spr")]).toEqual(["r", "https"]);
  asked.searchParams.set("rscd", "inline");
  expect((await fetched(asked.href)).status).toBe(403);
  const short = (await store.saveLink("page", { ...save, ttlMs: 1000 })) ?? "";
  await expect.poll(async () => (await fetched(short)).status, { timeout: 10_000 }).toBe(403);
});

it("no error holds the token it was refused with", async () => {
  const token = `${"x".repeat(20)}.secret.token`;
  const credential = {
    getToken: async () => ({ token, expiresOnTimestamp: Date.now() + 3_600_000 }),
  };
  const { endpoint } = azurite;
  const store = azureBlobStore(blobClients({ endpoint, container: "none", ca, credential }));
  const refused = await store.put("a", made(1, 10)).catch((error: unknown) => error);
  expect(refused).toMatchObject({ code: "unavailable" });
  expect(inspect(refused, { depth: 20, showHidden: true })).not.toMatch(/secret|Bearer|sig=/);
});

async function uploadUntilKilled(
  { container }: BlobClients,
  upload: { seed: number; sizeBytes: number; blockBytes: number; killAt: number },
): Promise<void> {
  const program = fileURLToPath(new URL("../testing/upload-process.ts", import.meta.url));
  const { seed, sizeBytes, blockBytes, killAt } = upload;
  const numbers = [seed, sizeBytes, blockBytes].map(String);
  const where = [azurite.endpoint, join(folder, "ca.pem"), container.containerName, "big"];
  const child = spawn(process.execPath, [program, ...where, ...numbers], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  for await (const line of createInterface(child.stdout))
    if (Number(line) >= killAt) child.kill("SIGKILL");
  const [, signal] = await ended;
  expect(signal).toBe("SIGKILL");
}

function damageBytes(now: () => boolean): RequestPolicyFactory {
  return {
    create: (next) => ({
      async sendRequest(request) {
        const { body } = request;
        if (!Buffer.isBuffer(body) || body.length === 0 || !now()) return next.sendRequest(request);
        const damaged = Buffer.from(body);
        damaged[0] = (damaged[0] ?? 0) ^ 1;
        request.body = damaged;
        try {
          return await next.sendRequest(request);
        } finally {
          request.body = body;
        }
      },
    }),
  };
}

function fetched(
  link: string,
): Promise<{ status: number | undefined; headers: IncomingHttpHeaders; body: Buffer }> {
  return new Promise((resolve, reject) => {
    get(link, { ca }, (answer) => {
      buffer(answer).then(
        (body) => resolve({ status: answer.statusCode, headers: answer.headers, body }),
        reject,
      );
    }).on("error", reject);
  });
}
