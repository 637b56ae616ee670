import { chmod, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import { exitCode } from "../exit-code.ts";
import { CliError } from "../failure.ts";
import type { Io } from "../io.ts";

const Credentials = z.object({ url: z.url(), token: z.string().min(1) });
export type Credentials = z.infer<typeof Credentials>;

export const credentialsPath = ({ env, home }: Pick<Io, "env" | "home">): string =>
  join(env["XDG_CONFIG_HOME"] || join(home, ".config"), "preceptor", "credentials.json");

/** Null where nobody signed in on this machine. */
export async function readCredentials(io: Io): Promise<Credentials | null> {
  const path = credentialsPath(io);
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw new CliError(exitCode.failed, `${path} cannot be read. Check who may read it.`);
  }
  try {
    return Credentials.parse(JSON.parse(text));
  } catch {
    throw new CliError(exitCode.notAllowed, `${path} is damaged. Run: preceptor sign-in`);
  }
}

/** Whole or not at all, and readable by its owner only from the first byte on. */
export async function writeCredentials(io: Io, credentials: Credentials): Promise<string> {
  const path = credentialsPath(io);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const beside = `${path}.${process.pid}`;
  await writeFile(beside, `${JSON.stringify(credentials, null, 2)}\n`, { mode: 0o600 });
  await chmod(beside, 0o600);
  await rename(beside, path);
  return path;
}

export const forgetCredentials = (io: Io): Promise<void> =>
  rm(credentialsPath(io), { force: true });
