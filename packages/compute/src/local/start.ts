import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdir, open } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { askLink, bareLink, isSafePath, longestLinkMs } from "@preceptor/domain";
import type { AttemptSpec, LinkedFile } from "../provider.ts";
import { claimAttempt, readClaim } from "./claim.ts";
import { inheritedByPip } from "./inherited.ts";
import { claimedWord, type SupervisedJob } from "./job.ts";
import { runningFolder, type AttemptLayout } from "./layout.ts";
import { firstState, writeState, writeWhole } from "./state.ts";

const supervisorFile = fileURLToPath(new URL("./supervisor.ts", import.meta.url));

/** Sees to it that the attempt has a supervisor, and only one; the rest is the supervisor's work. */
export async function startAttempt(layout: AttemptLayout, job: SupervisedJob): Promise<void> {
  if (await readClaim(layout)) return;
  const refusal = refusalOf(job.spec);
  // Before anything is made for it: where a file is gone, nothing is begun.
  const spec = refusal === null ? await withLinks(job.spec) : job.spec;
  await mkdir(layout.root, { recursive: true, mode: 0o700 });
  await mkdir(layout.state, { recursive: true });
  await mkdir(runningFolder(job.workDir), { recursive: true });
  if (refusal !== null) return refuse(layout, refusal);
  await writeWhole(layout.spec, JSON.stringify(withoutSecrets(spec), null, 1));
  await launch(layout, { ...job, spec });
}

/** The sentence why this spec cannot be started anywhere, or null. */
function refusalOf(spec: AttemptSpec): string | null {
  const groups: readonly (readonly [string, readonly LinkedFile[]])[] = [
    ["code", spec.code],
    ...Object.entries(spec.inputs).map(([name, files]) => [`input ${name}`, files] as const),
    ...(spec.resumeFrom
      ? [[`checkpoint ${spec.resumeFrom.name}`, spec.resumeFrom.files] as const]
      : []),
  ];
  for (const [owner, files] of groups)
    for (const { path } of files)
      if (!isSafePath(path)) return `${owner}: the path ${JSON.stringify(path)} leaves its folder`;
  const names = [...Object.keys(spec.inputs), ...(spec.resumeFrom ? [spec.resumeFrom.name] : [])];
  for (const name of names)
    if (!isSafePath(name) || name.includes("/"))
      return `${JSON.stringify(name)} is not a folder's name`;
  if (spec.requirements !== null && !isSafePath(spec.requirements))
    return `requirements: the path ${JSON.stringify(spec.requirements)} leaves the code folder`;
  if (spec.preload != null && !isSafePath(spec.preload))
    return `preload: the path ${JSON.stringify(spec.preload)} leaves the code folder`;
  if (spec.distribution === "mpi") return "distribution: this target has no MPI launcher";
  return spec.command.length === 0 ? "command: there is no program to start" : null;
}

async function refuse(layout: AttemptLayout, message: string): Promise<void> {
  await writeState(layout, {
    ...firstState,
    phase: "ended",
    ending: { kind: "failed", cause: "start-refused", message },
    heartbeatMs: Date.now(),
  });
  await claimAttempt(layout, { supervisor: null });
}

/** The supervisor outlives whoever could be asked for links, and copies before it does anything else. */
async function withLinks(spec: AttemptSpec): Promise<AttemptSpec> {
  const asked = (files: readonly LinkedFile[]): Promise<LinkedFile[]> =>
    Promise.all(
      files.map(async (file) => ({ ...file, link: await askLink(file.link, longestLinkMs) })),
    );
  const inputs = await Promise.all(
    Object.entries(spec.inputs).map(async ([name, files]) => [name, await asked(files)] as const),
  );
  return {
    ...spec,
    code: await asked(spec.code),
    inputs: Object.fromEntries(inputs),
    resumeFrom: spec.resumeFrom && {
      ...spec.resumeFrom,
      files: await asked(spec.resumeFrom.files),
    },
  };
}

/** A link's query may be its signature: it stays out of the file people look at. */
function withoutSecrets(spec: AttemptSpec): Omit<AttemptSpec, "secrets" | "ticket"> {
  const { secrets: _, ticket: __, ...open_ } = spec;
  const bare = (files: readonly LinkedFile[]): LinkedFile[] =>
    files.map((file) => ({ ...file, link: bareLink(file.link) }));
  return {
    ...open_,
    code: bare(spec.code),
    inputs: Object.fromEntries(Object.entries(spec.inputs).map(([n, files]) => [n, bare(files)])),
    resumeFrom: spec.resumeFrom && { ...spec.resumeFrom, files: bare(spec.resumeFrom.files) },
  };
}

async function launch(layout: AttemptLayout, job: SupervisedJob): Promise<void> {
  const errors = await open(layout.supervisorLog, "a", 0o600);
  try {
    const child = spawn(process.execPath, [...frugal, supervisorFile], {
      cwd: layout.root,
      detached: true,
      env: {
        ...inheritedByPip(process.env),
        NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(job.workDir, "cache", "node"),
      },
      stdio: ["pipe", "pipe", errors.fd],
    });
    await claimedBy(child, layout, job);
    child.unref();
  } finally {
    await errors.close();
  }
}

/** A supervisor mostly waits; V8 would otherwise keep tens of megabytes for it. */
const frugal = ["--max-semi-space-size=1", "--max-old-space-size=512", "--no-warnings"];

async function claimedBy(
  child: ChildProcess,
  layout: AttemptLayout,
  job: SupervisedJob,
): Promise<void> {
  const { stdin, stdout } = child;
  if (!stdin || !stdout) throw new Error("the supervisor was started without its pipes");
  // A supervisor that died early closes the pipe; its missing claim below tells.
  stdin.on("error", () => {});
  const failed = once(child, "error").then(([error]) => {
    throw error;
  });
  const said = readAll(stdout);
  stdin.end(JSON.stringify(job));
  const word = await Promise.race([said, failed]);
  if (word !== claimedWord && !(await readClaim(layout)))
    throw new Error(
      `the supervisor of ${layout.attemptId} ended before it began: see its state/supervisor.log`,
    );
}

async function readAll(stream: NodeJS.ReadableStream): Promise<string> {
  let text = "";
  for await (const chunk of stream) text += String(chunk);
  return text.trim();
}
