import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { toolFile } from "@preceptor/storage/testing/tools";
import { chromium, type Browser } from "playwright-core";

const checkout = resolve(import.meta.dirname, "..");

/** A headless Chromium out of npm, with its own libraries and fonts: nothing of the machine is needed, root may run it. */
export async function launchBrowser(): Promise<Browser> {
  // The packed Chromium is for Linux; elsewhere a developer has Chrome.
  if (process.platform !== "linux") return chromium.launch({ channel: "chrome" });
  const folder = await unpackChromium();
  const inherited = Object.entries(process.env).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return chromium.launch({
    executablePath: join(folder, "chromium"),
    env: {
      ...Object.fromEntries(inherited),
      LD_LIBRARY_PATH: join(folder, "al2023", "lib"),
      FONTCONFIG_PATH: join(folder, "fonts"),
      // Under the C locale Chromium calls its language "en-US@posix", which Intl refuses.
      LANG: "en_US.UTF-8",
      LC_ALL: "en_US.UTF-8",
    },
    args: [
      "--no-sandbox",
      "--disable-dev-shm-usage",
      "--font-render-hinting=none",
      // Drawn by the processor either way: a pretended graphics card costs it several times as much.
      "--disable-gpu",
    ],
  });
}

/** Unpacks once per version, beside its place and then renamed in, so that an interrupted run leaves nothing half. */
async function unpackChromium(): Promise<string> {
  const packed = toolFile("@sparticuz/chromium");
  const { inflate }: { inflate(archive: string): Promise<string> } = await import(
    pathToFileURL(packed).href
  );
  const bin = resolve(packed, "../../bin");
  const { version } = JSON.parse(readFileSync(join(bin, "..", "package.json"), "utf8"));
  const parent = join(process.env.PRECEPTOR_DATA_DIR ?? join(checkout, ".data"), "browser");
  const folder = join(parent, String(version));
  if (existsSync(folder)) return folder;
  const fresh = `${folder}.${process.pid}`;
  mkdirSync(fresh, { recursive: true });
  const before = process.env.TMPDIR;
  // `inflate` writes where the temporary folder is, and takes the name from the archive.
  process.env.TMPDIR = fresh;
  try {
    await Promise.all(
      ["chromium.br", "al2023.tar.br", "fonts.tar.br", "swiftshader.tar.br"].map((name) =>
        inflate(join(bin, name)),
      ),
    );
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
  pointFontsAt(fresh, folder);
  try {
    renameSync(fresh, folder);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

/** The packed fonts.conf names the folder it expects to be in. */
function pointFontsAt(fresh: string, folder: string): void {
  const path = join(fresh, "fonts", "fonts.conf");
  const text = readFileSync(path, "utf8").replace(/<(dir|cachedir)\b[^>]*>[^<]*<\/\1>/g, "");
  const dirs = `<dir>${join(folder, "fonts")}</dir><dir>/usr/share/fonts</dir><cachedir>${join(folder, "font-cache")}</cachedir>`;
  writeFileSync(path, text.replace("</fontconfig>", `${dirs}</fontconfig>`));
}
