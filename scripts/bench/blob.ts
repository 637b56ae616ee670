import { execFile } from "node:child_process";
import { createWriteStream, statSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { blobClients, emulatorKey, madeBytes, startAzurite } from "@preceptor/storage/testing";
import type { Row } from "./table.ts";

const run = promisify(execFile);
const MiB = 1024 * 1024;
const rounds = 2;

interface Transfer {
  readonly seconds: number;
  readonly peakMb: number;
}

/** Ours and the SDK's own best settings take turns through one emulator; the better of each one's rounds counts. */
export async function blob(folder: string, sizeBytes = 2048 * MiB): Promise<Row[]> {
  const azurite = await startAzurite({ folder: join(folder, "azurite") });
  const { endpoint, account, accountKey } = azurite;
  try {
    const clients = blobClients({
      endpoint,
      container: "bench",
      credential: emulatorKey(azurite),
    });
    await clients.container.create();
    const source = join(folder, "source");
    await pipeline(Readable.from(madeBytes(1, sizeBytes, MiB)), createWriteStream(source));
    const transfer = async (way: string, name: string, file: string): Promise<Transfer> => {
      const program = join(import.meta.dirname, "blob-transfer.ts");
      const words = [program, way, endpoint, account, accountKey, name, file];
      return JSON.parse((await run(process.execPath, words)).stdout) as Transfer;
    };
    const best: Record<string, Transfer> = {};
    const count = (way: string, found: Transfer): void => {
      const before = best[way];
      best[way] = {
        seconds: Math.min(found.seconds, before?.seconds ?? Number.POSITIVE_INFINITY),
        peakMb: Math.max(found.peakMb, before?.peakMb ?? 0),
      };
    };
    for (let round = 0; round < rounds; round++) {
      for (const way of ["sdk uploadFile", "our put", "sdk uploadStream"])
        count(way, await transfer(way, `${way} ${round}`, source));
      for (const way of ["our get", "sdk downloadToFile"]) {
        const target = join(folder, "target");
        count(way, await transfer(way, `our put ${round}`, target));
        if (statSync(target).size !== sizeBytes) throw new Error(`${way} lost bytes.`);
        await rm(target);
      }
    }
    const row = (what: string, ours: string, theirs: readonly string[]): Row[] => {
      const speed = (way: string): number => sizeBytes / MiB / (best[way]?.seconds ?? Number.NaN);
      const fastest = Math.max(...theirs.map(speed));
      return [
        {
          figure: `${what} of ${sizeBytes / MiB} MiB, of the SDK's best speed`,
          aim: "≥ 90 %",
          measured: `${((100 * speed(ours)) / fastest).toFixed(0)} %`,
          note: [ours, ...theirs].map((way) => `${way} ${speed(way).toFixed(0)} MiB/s`).join(", "),
        },
        {
          figure: `${what}, most memory of the process`,
          aim: "≤ 350 MB",
          measured: `${best[ours]?.peakMb.toFixed(0)} MB`,
          note: theirs.map((way) => `${way} ${best[way]?.peakMb.toFixed(0)} MB`).join(", "),
        },
      ];
    };
    return [
      ...row("upload", "our put", ["sdk uploadFile", "sdk uploadStream"]),
      ...row("download", "our get", ["sdk downloadToFile"]),
    ];
  } finally {
    await azurite.close();
  }
}
