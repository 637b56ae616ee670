import { createHash } from "node:crypto";
import { existsSync, globSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../config.ts";
import { runTool } from "../program.ts";

const SOURCES = ["apps/admin/**", "packages/domain/src/**", "package-lock.json"];

/** Builds the web UI when its sources are others than those of the last build. Returns whether it did. */
export async function buildAdmin(): Promise<boolean> {
  const marker = join(root, "apps/admin/dist/.sources");
  const digest = sourcesDigest();
  if (existsSync(marker) && readFileSync(marker, "utf8") === digest) return false;
  const built = await runTool("vite", ["build"], { cwd: join(root, "apps/admin"), quiet: true });
  if (built.code !== 0) throw new Error(`The web UI could not be built:\n${built.output}`);
  writeFileSync(marker, digest);
  return true;
}

function sourcesDigest(): string {
  const hash = createHash("sha256");
  const files = globSync(SOURCES, {
    cwd: root,
    exclude: (name) => /(^|\/)(node_modules|dist|\.vite)$/.test(name),
  });
  for (const file of files.toSorted()) {
    const path = join(root, file);
    if (statSync(path).isFile()) hash.update(`${file}\n`).update(readFileSync(path));
  }
  return hash.digest("hex");
}
