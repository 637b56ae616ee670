import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { access, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DomainError } from "@preceptor/domain";
import { withLock } from "./lock.ts";
import { run, type RunOptions } from "./run.ts";

export interface EnvironmentOptions {
  /** Where environments live; `<folder>/<digest>` is one. Shared by every adapter on this machine. */
  readonly folder: string;
  /** Text of the pinned requirements; null means none. */
  readonly requirements: string | null;
  /** The interpreter it is made with, e.g. `python3`. */
  readonly python: string;
  /** Variables pip runs with. */
  readonly environment: Readonly<Record<string, string>>;
  /** Told of each step in a sentence, e.g. "Collecting torch==2.13.0". */
  readonly onProgress?: (message: string) => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The path of a Python whose packages are exactly the requirements. Made once a digest of requirements and interpreter version, whoever
 * asks and however many at once; `.ready` is written last, so that an environment cut in the middle is made anew.
 */
export async function prepareEnvironment(options: EnvironmentOptions): Promise<string> {
  const { folder, requirements, python, signal, onProgress = () => {} } = options;
  const version = await pythonVersion(options);
  const digest = createHash("sha256")
    .update(`${requirements ?? ""}\n${version}`)
    .digest("hex");
  const path = join(folder, digest);
  const interpreter = join(path, "bin", "python");
  if (await exists(join(path, ".ready"))) return interpreter;

  await mkdir(folder, { recursive: true });
  onProgress("waiting for the Python environment");
  return withLock(`${path}.lock`, signal, async () => {
    if (await exists(join(path, ".ready"))) return interpreter;
    await rm(path, { recursive: true, force: true });
    const log = createWriteStream(`${path}.log`, { flags: "a" });
    const running: RunOptions = {
      environment: options.environment,
      signal,
      onLine: (line) => {
        log.write(`${line}\n`);
        onProgress(line.trim().slice(0, 200));
      },
    };
    try {
      onProgress("making the Python environment");
      await run(python, ["-m", "venv", path], running);
      if (requirements !== null && requirements.trim() !== "")
        await install(path, interpreter, requirements, running);
      await writeFile(join(path, ".ready"), `${version}\n`);
      return interpreter;
    } catch (error) {
      await rm(path, { recursive: true, force: true });
      signal?.throwIfAborted();
      throw new DomainError(
        "unavailable",
        `The Python environment could not be made: ${messageOf(error)} The whole of it is in ${path}.log.`,
        { cause: error },
      );
    } finally {
      log.end();
    }
  });
}

async function install(
  path: string,
  interpreter: string,
  requirements: string,
  running: RunOptions,
): Promise<void> {
  const file = join(path, "requirements.txt");
  await writeFile(file, requirements);
  const pip = ["-m", "pip", "install", "--no-input", "--disable-pip-version-check", "-r", file];
  await run(interpreter, pip, running);
}

async function pythonVersion({ python, environment, signal }: EnvironmentOptions): Promise<string> {
  try {
    const script = "import platform; print(platform.python_version())";
    const silent = { environment, signal, onLine: () => {} };
    return (await run(python, ["-c", script], silent)).trim();
  } catch (error) {
    signal?.throwIfAborted();
    throw new DomainError(
      "unavailable",
      `No Python answers as ${python}. Install Python 3.10 or newer with its venv module, or name another interpreter.`,
      { cause: error },
    );
  }
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
