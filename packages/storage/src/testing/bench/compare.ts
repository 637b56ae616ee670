import { execFile } from "node:child_process";
import { createWriteStream, statSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { blobClients, emulatorKey, madeBytes, startAzurite } from "../index.ts";

/**
 * `node compare.ts <folder> <MiB>`: ours and the SDK's own best settings take turns through one emulator, each transfer in a process of
 * its own. Prints as JSON, by way, the least seconds and the most memory of its rounds.
 */
const [folder = "", mebibytes = "2048"] = process.argv.slice(2);
const MiB = 1024 * 1024;
const sizeBytes = Number(mebibytes) * MiB;
const rounds = 2;
const run = promisify(execFile);

interface Transfer {
  readonly seconds: number;
  readonly peakMb: number;
}

const azurite = await startAzurite({ folder: join(folder, "azurite") });
const { endpoint, account, accountKey } = azurite;
const best: Record<string, Transfer> = {};

async function transfer(way: string, name: string, file: string): Promise<void> {
  const words = [way, endpoint, account, accountKey, name, file];
  const program = join(import.meta.dirname, "transfer.ts");
  const found = JSON.parse((await run(process.execPath, [program, ...words])).stdout) as Transfer;
  process.stderr.write(`${way}: ${found.seconds.toFixed(1)} s, ${found.peakMb.toFixed(0)} MB\n`);
  const { seconds = Number.POSITIVE_INFINITY, peakMb = 0 } = best[way] ?? {};
  best[way] = {
    seconds: Math.min(seconds, found.seconds),
    peakMb: Math.max(peakMb, found.peakMb),
  };
}

try {
  const clients = blobClients({ endpoint, container: "bench", credential: emulatorKey(azurite) });
  await clients.container.create();
  const [source, target] = [join(folder, "source"), join(folder, "target")];
  await pipeline(Readable.from(madeBytes(1, sizeBytes, MiB)), createWriteStream(source));
  for (let round = 0; round < rounds; round++) {
    for (const way of ["sdk uploadFile", "our put", "sdk uploadStream"])
      await transfer(way, `${way} ${round}`, source);
    for (const way of ["our get", "sdk downloadToFile"]) {
      await transfer(way, `our put ${round}`, target);
      if (statSync(target).size !== sizeBytes) throw new Error(`${way} lost bytes.`);
      await rm(target);
    }
  }
} finally {
  await azurite.close();
}
process.stdout.write(JSON.stringify(best));
