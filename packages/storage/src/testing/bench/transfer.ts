import { createReadStream, createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { azureBlobStore } from "../../azure-blob/index.ts";
import { blobClients, emulatorKey } from "../index.ts";

/** One transfer in a process of its own, so that its time and its memory are nobody else's: prints them as JSON. */
const [way = "", endpoint = "", account = "", accountKey = "", name = "", file = ""] =
  process.argv.slice(2);
const credential = emulatorKey({ account, accountKey });
const clients = blobClients({ endpoint, container: "bench", credential });
const blob = clients.container.getBlockBlobClient(name);
const store = azureBlobStore(clients);
const MiB = 1024 * 1024;
const blockBytes = 32 * MiB;

const ways: Readonly<Record<string, () => Promise<unknown>>> = {
  "sdk uploadFile": () =>
    blob.uploadFile(file, { blockSize: blockBytes, concurrency: 4, maxSingleShotSize: blockBytes }),
  // Of five buffers it sends four at once.
  "sdk uploadStream": () =>
    blob.uploadStream(createReadStream(file, { highWaterMark: blockBytes }), blockBytes, 5),
  "our put": () => store.put(name, createReadStream(file)),
  "sdk downloadToFile": () => blob.downloadToFile(file),
  // Many of the network's pieces with one call, where the file takes them so.
  "our get": async () =>
    pipeline(await store.get(name), createWriteStream(file, { highWaterMark: 4 * MiB })),
};

const transfer = ways[way];
if (transfer === undefined) throw new Error(`There is no way ${way}.`);
const began = performance.now();
await transfer();
const seconds = (performance.now() - began) / 1000;
process.stdout.write(JSON.stringify({ seconds, peakMb: process.resourceUsage().maxRSS / 1000 }));
