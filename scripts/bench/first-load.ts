import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { root } from "../config.ts";
import { buildAdmin } from "../stack/admin.ts";
import type { Row } from "./table.ts";

/** JavaScript a browser fetches before the first page shows: the entry of index.html and everything it preloads. */
export async function firstLoad(): Promise<Row[]> {
  await buildAdmin();
  const dist = join(root, "apps/admin/dist");
  const html = readFileSync(join(dist, "index.html"), "utf8");
  const scripts = [...html.matchAll(/(?:src|href)="\/?([^"]+\.js)"/g)].map((match) =>
    readFileSync(join(dist, match[1] ?? "")),
  );
  const kb = (size: (script: Buffer) => number) =>
    scripts.reduce((sum, script) => sum + size(script), 0) / 1000;
  return [
    {
      figure: "first load of the UI, JavaScript",
      aim: "≤ 250 kB",
      measured: `${kb((script) => gzipSync(script, { level: 9 }).length).toFixed(0)} kB gzip, ${kb((script) => brotliCompressSync(script).length).toFixed(0)} kB brotli`,
      note: `${scripts.length} files of index.html`,
    },
  ];
}
