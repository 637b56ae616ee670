import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
}
const LIMIT_BYTES = 250_000;
const dist = join(import.meta.dirname, "dist");
const manifest = JSON.parse(readFileSync(join(dist, ".vite/manifest.json"), "utf8")) as Record<
  string,
  Chunk
>;

/** What a browser fetches to show the overview: the entry, its screen, the palette that loads behind it, and all they import. */
const entries = [
  "index.html",
  "src/features/overview/OverviewPage.tsx",
  "src/frame/CommandPalette.tsx",
];
const files = new Set<string>();
const visit = (key: string): void => {
  const chunk = manifest[key];
  if (!chunk) throw new Error(`the build has no chunk ${key}: build first`);
  if (files.has(chunk.file)) return;
  files.add(chunk.file);
  for (const imported of chunk.imports ?? []) visit(imported);
};
for (const entry of entries) visit(entry);

const sizes = [...files]
  .map((file) => ({ file, bytes: gzipSync(readFileSync(join(dist, file))).length }))
  .toSorted((a, b) => b.bytes - a.bytes);
const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
for (const { file, bytes } of sizes)
  process.stdout.write(`${(bytes / 1000).toFixed(1).padStart(8)} kB  ${file}\n`);
process.stdout.write(
  `${(total / 1000).toFixed(1).padStart(8)} kB  first load, compressed JavaScript (at most ${LIMIT_BYTES / 1000})\n`,
);
if (total > LIMIT_BYTES) process.exitCode = 1;
