import { createHash } from "node:crypto";
import { createReadStream, existsSync, statSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join, relative } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { root } from "../config.ts";
import { runProgram } from "../program.ts";
import type { DatasetVersion, Person } from "./client.ts";

const about = {
  timelines: {
    name: "patient-timelines",
    title: "Patient timelines (synthetic)",
    description:
      "Synthetic longitudinal timelines: events with day-level times, subjects and codes. No real patient.",
  },
  notes: {
    name: "discharge-notes",
    title: "Discharge notes (synthetic)",
    description: "Synthetic discharge notes with questions and four choices each. No real patient.",
  },
};

/** Runs the seeded generator that ships with the project; the same seed gives the same bytes. */
export async function generateData(dataDir: string, python: string): Promise<string> {
  const out = join(dataDir, "demo", "synthetic-seed-7");
  if (existsSync(join(out, "notes", "test"))) return out;
  const { code, output } = await runProgram(
    python,
    [
      join(root, "packages/recipes/synthetic/generate.py"),
      "--seed",
      "7",
      "--out",
      out,
      "--subjects",
      "2000",
    ],
    { quiet: true },
  );
  if (code !== 0)
    throw new Error(
      `The generator of synthetic data ended with code ${code}: ${output.trim().split("\n").at(-1) ?? ""}`,
    );
  return out;
}

/** Registers a folder as the next version, or finds the version that has these very files already. */
export async function registerDataset(
  apiUrl: string,
  engineer: Person,
  folder: string,
  which: keyof typeof about,
): Promise<DatasetVersion> {
  const base = join(folder, which);
  const paths = (await readdir(base, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => relative(base, join(entry.parentPath, entry.name)));
  const files = await Promise.all(
    paths.sort().map(async (path) => ({
      path,
      split: path.split("/")[0] ?? "",
      sha256: await sha256Of(join(base, path)),
      sizeBytes: statSync(join(base, path)).size,
      mediaType: "application/jsonl",
    })),
  );
  const known = await engineer.api.dataset.get.query({ name: about[which].name }).catch(() => null);
  if (
    known &&
    files.every((file) =>
      known.version.files.some((other) => other.path === file.path && other.sha256 === file.sha256),
    )
  )
    return known.version;
  const { uploadId } = await engineer.api.dataset.beginUpload.mutate({
    ...about[which],
    permit: {
      deIdentification: "synthetic",
      statement: "Made by packages/recipes/synthetic with seed 7; no real patient is in it.",
      purposes: ["demonstration"],
    },
    subjectField: "subject",
    files,
  });
  for (const file of files) await upload(apiUrl, engineer, uploadId, join(base, file.path), file);
  return engineer.api.dataset.finishUpload.mutate({ uploadId });
}

async function upload(
  apiUrl: string,
  engineer: Person,
  uploadId: string,
  from: string,
  file: { path: string; sizeBytes: number },
): Promise<void> {
  const response = await fetch(
    `${apiUrl}/api/uploads/${uploadId}/file?path=${encodeURIComponent(file.path)}`,
    {
      method: "PUT",
      headers: {
        authorization: `Bearer ${engineer.token}`,
        "content-type": "application/octet-stream",
        "content-length": String(file.sizeBytes),
      },
      body: Readable.toWeb(createReadStream(from)) as ReadableStream,
      duplex: "half",
    },
  );
  if (!response.ok)
    throw new Error(`${file.path} was refused: ${(await response.text()).slice(0, 300)}`);
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}
