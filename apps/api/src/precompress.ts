import { readdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const text = /\.(js|css|svg|json|map)$/;
const brotli = promisify(brotliCompress);
const gz = promisify(gzip);

/** Lays a brotli and a gzip copy beside each asset that has none, once per build; off the event loop. */
export async function precompress(folder: string): Promise<void> {
  const names = await readdir(join(folder, "assets")).catch(() => []);
  for (const name of names.filter((each) => text.test(each))) {
    const path = join(folder, "assets", name);
    if (await stat(`${path}.br`).catch(() => null)) continue;
    const content = await readFile(path);
    const params = { [constants.BROTLI_PARAM_QUALITY]: 9 };
    await keep(`${path}.gz`, await gz(content));
    await keep(`${path}.br`, await brotli(content, { params }));
  }
}

/** Whole or not at all: a reader must never see half a file. */
async function keep(path: string, content: Buffer): Promise<void> {
  await writeFile(`${path}.part`, content);
  await rename(`${path}.part`, path);
}
