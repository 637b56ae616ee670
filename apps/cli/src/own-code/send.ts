import type { JobSpec } from "@preceptor/domain";
import type { Tools } from "../command.ts";
import { sendFile } from "../connection/send-file.ts";
import type { Session } from "../connection/session.ts";
import { exitCode } from "../exit-code.ts";
import { CliError, type Fault } from "../failure.ts";
import type { FoundFile } from "../folder/scan.ts";
import { plural } from "../render/figure.ts";
import { progressBar } from "../render/progress.ts";

/** How the server names a file of the code that it does not have. */
const missingFile = /^code\.files\.(\d+)$/;

/**
 * Asks whether the job could be accepted but for its code, and sends the files the server lacks. A job that would be refused
 * sends nothing; one that may have been accepted before (`again`) is left to the server to know again.
 */
export async function sendCode(
  { io, say }: Tools,
  session: Session,
  spec: JobSpec,
  local: ReadonlyMap<string, FoundFile>,
  again: boolean,
): Promise<void> {
  const issues = await validated(session, spec);
  const others = faultsBesidesCode(spec, local, issues);
  if (others.length > 0 && again) return;
  if (others.length > 0) throw new CliError(exitCode.invalid, "The job is not valid.", others);
  const missing = missingFrom(spec, local, issues);
  if (missing.length === 0) return;
  say(`Sending ${plural(missing.length, "file")} of code.`);
  const total = missing.reduce((sum, { file }) => sum + file.sizeBytes, 0);
  const progress = progressBar(io, "sending", total);
  for (const { sha256, file } of missing)
    await sendFile(io, session, `/api/blobs/${sha256}`, file, progress.add);
  progress.end();
}

/** Everything at fault but code that can be sent yet. */
export const faultsBesidesCode = (
  spec: JobSpec,
  local: ReadonlyMap<string, FoundFile>,
  issues: readonly Fault[],
): Fault[] => issues.filter(({ field }) => fileAt(spec, local, field) === null);

async function validated({ api }: Session, spec: JobSpec): Promise<Fault[]> {
  const { issues } = await api.job.validate.query({ spec });
  return issues.map(({ field, message }) => ({ field: field.replace(/^spec\./, ""), message }));
}

function missingFrom(
  spec: JobSpec,
  local: ReadonlyMap<string, FoundFile>,
  issues: readonly Fault[],
): { readonly sha256: string; readonly file: FoundFile }[] {
  // Two files of one content are one upload.
  const bySha = new Map<string, FoundFile>();
  for (const { field } of issues) {
    const found = fileAt(spec, local, field);
    if (found !== null) bySha.set(found.sha256, found.file);
  }
  return [...bySha].map(([sha256, file]) => ({ sha256, file }));
}

function fileAt(
  spec: JobSpec,
  local: ReadonlyMap<string, FoundFile>,
  field: string,
): { sha256: string; file: FoundFile } | null {
  const named = spec.code?.files[Number(missingFile.exec(field)?.[1] ?? -1)];
  const file = named && local.get(named.path);
  return named && file ? { sha256: named.sha256, file } : null;
}
