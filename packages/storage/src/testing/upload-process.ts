import { readFileSync } from "node:fs";
import { Readable } from "node:stream";
import { azureBlobStore } from "../azure-blob/index.ts";
import { blobClients } from "./blob-clients.ts";
import { madeBytes } from "./made-bytes.ts";

/** A process of its own that uploads, for a test to kill: says on each line how many bytes the store has taken from it. */
const [endpoint = "", caFile = "", container = "", name = "", ...numbers] = process.argv.slice(2);
const [seed = 0, sizeBytes = 0, blockBytes = 0] = numbers.map(Number);

function* told(): Generator<Buffer> {
  let taken = 0;
  for (const chunk of madeBytes(seed, sizeBytes, 16 * 1024)) {
    yield chunk;
    taken += chunk.byteLength;
    process.stdout.write(`${taken}\n`);
  }
}

const ca = readFileSync(caFile, "utf8");
const store = azureBlobStore({ ...blobClients({ endpoint, container, ca }), blockBytes });
await store.put(name, Readable.from(told()));
process.stdout.write("done\n");
