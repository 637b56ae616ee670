import { BeginDatasetUpload, deIdentificationMethods } from "@preceptor/domain";
import { z } from "zod";
import { defineCommand, type Tools } from "../../command.ts";
import { sendFile } from "../../connection/send-file.ts";
import { sha256Of } from "../../folder/hash.ts";
import { scanFolder } from "../../folder/scan.ts";
import { inSplits, type SplitFile } from "../../folder/splits.ts";
import { plural, size } from "../../render/figure.ts";
import { printable } from "../../render/printable.ts";
import { progressBar } from "../../render/progress.ts";

export const datasetAdd = defineCommand({
  usage: "add <name> <folder>",
  about: "register a folder as the next version; its first-level folders are the splits",
  args: z.tuple([z.string(), z.string()]),
  flags: [
    {
      flags: "--permit <method>",
      about: `how it was de-identified: ${deIdentificationMethods.join(", ")}`,
    },
    { flags: "--statement <text>", about: "what the permit rests on, in a sentence" },
    { flags: "--licence <text>", about: "licence or agreement" },
    { flags: "--purpose <text>", about: "what it may be used for", repeat: true },
    { flags: "--expires <date>", about: "when the permit ends, with zone: 2027-01-31T00:00:00Z" },
    { flags: "--subject-field <name>", about: "field of .jsonl rows that identifies a patient" },
    { flags: "--title <text>", about: "title for people" },
    { flags: "--description <text>", about: "what it holds" },
  ],
  options: z.object({
    permit: z.enum(deIdentificationMethods),
    statement: z.string(),
    licence: z.string().optional(),
    purpose: z.array(z.string()).optional(),
    expires: z.string().optional(),
    subjectField: z.string().optional(),
    title: z.string().optional(),
    description: z.string().optional(),
  }),
  async run(tools, [name, folder], options) {
    const session = await tools.session();
    const { files: found, skipped } = await scanFolder(tools.io.cwd, folder);
    if (skipped.length > 0)
      tools.say(
        `Hidden files are not sent: ${printable(skipped.slice(0, 5).join(", "))}${skipped.length > 5 ? ", …" : ""}.`,
      );
    const files = inSplits(found);
    const hashes = await hashAll(tools, files);
    const request = BeginDatasetUpload.parse({
      name,
      title: options.title,
      description: options.description,
      permit: {
        deIdentification: options.permit,
        statement: options.statement,
        licence: options.licence,
        purposes: options.purpose,
        expiresAt: options.expires,
      },
      subjectField: options.subjectField,
      files: files.map(({ path, split, sizeBytes, mediaType }) => ({
        path,
        split,
        sizeBytes,
        mediaType,
        sha256: hashes.get(path),
      })),
    });
    const { uploadId, missing } = await session.api.dataset.beginUpload.mutate(request);
    const wanted = new Set(missing);
    const toSend = files.filter(({ path }) => wanted.has(path));
    if (toSend.length < files.length)
      tools.say(
        `Going on with an earlier upload: ${plural(files.length - toSend.length, "file")} arrived before.`,
      );
    const progress = progressBar(tools.io, "sending", bytesOf(toSend));
    for (const file of toSend) {
      const query = new URLSearchParams({ path: file.path });
      await sendFile(
        tools.io,
        session,
        `/api/uploads/${uploadId}/file?${query}`,
        file,
        progress.add,
      );
    }
    progress.end();
    const version = await session.api.dataset.finishUpload.mutate({ uploadId });
    answerWith(tools, version);
  },
});

async function hashAll(tools: Tools, files: readonly SplitFile[]): Promise<Map<string, string>> {
  const progress = progressBar(tools.io, "reading", bytesOf(files));
  const hashes = new Map<string, string>();
  for (const file of files) hashes.set(file.path, await sha256Of(tools.io, file, progress.add));
  progress.end();
  return hashes;
}

const bytesOf = (files: readonly SplitFile[]): number =>
  files.reduce((sum, file) => sum + file.sizeBytes, 0);

function answerWith(
  { answer }: Tools,
  version: {
    name: string;
    version: number;
    digest: string;
    sizeBytes: number;
    splits: readonly { name: string; rows: number | null }[];
  },
): void {
  const splits = version.splits.map(({ name, rows }) =>
    rows === null ? name : `${name} (${plural(rows, "row")})`,
  );
  answer(
    version,
    `${version.name}@${version.version}  ${version.digest}\n${splits.join(", ")}, ${size(version.sizeBytes)}`,
  );
}
