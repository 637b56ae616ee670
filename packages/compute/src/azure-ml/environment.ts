import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { readLinked, once, orNull } from "@preceptor/azure";
import { askLink, copyLifeMs, DomainError } from "@preceptor/domain";
import type { AttemptSpec, LinkedFile } from "../provider.ts";
import { codeUri, ensureCode } from "./code.ts";
import {
  dockerfile,
  dockerfilePath,
  environmentBody,
  environmentName,
  environmentVersion,
  requirementsPath,
  type EnvironmentPlan,
} from "./environment-body.ts";
import { sha256Hex } from "./names.ts";
import type { Place } from "./place.ts";
import { AssetVersion, Nothing } from "./wire.ts";

const mostBytes = 1024 * 1024;

export function environmentPlan(spec: AttemptSpec, image: string): EnvironmentPlan {
  const file = requirementsOf(spec);
  return { image, requirementsSha256: file?.sha256 ?? null };
}

export const environmentId = ({ client }: Pick<Place, "client">, plan: EnvironmentPlan): string =>
  `${client.resourceId}/environments/${environmentName(plan)}/versions/${environmentVersion}`;

/** The same image and requirements are one environment: Azure builds it once, and nobody reads the requirements again. */
export async function ensureEnvironment(
  place: Place,
  spec: AttemptSpec,
  image: string,
): Promise<void> {
  const { client } = place;
  const plan = environmentPlan(spec, image);
  const path = `/environments/${environmentName(plan)}/versions/${environmentVersion}`;
  const isThere = async (): Promise<boolean> =>
    (await orNull(client.send({ method: "GET", path, schema: AssetVersion }))) !== null;
  if (await isThere()) return;
  const file = requirementsOf(spec);
  const body = environmentBody(plan, file === null ? null : await ensureContext(place, plan, file));
  await once(() => client.send({ method: "PUT", path, body, schema: Nothing }), isThere);
}

/** What the image is built from goes the way of code: to the workspace's own storage, named by digest, once. Its address comes back. */
async function ensureContext(
  place: Place,
  plan: EnvironmentPlan,
  requirements: LinkedFile,
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "preceptor-context-"));
  try {
    const texts = {
      [dockerfilePath]: dockerfile(plan),
      [requirementsPath]: await readVerified(place.connection, requirements),
    };
    const files = await Promise.all(
      Object.entries(texts).map(async ([path, text]): Promise<LinkedFile> => {
        const file = join(folder, path);
        await writeFile(file, text);
        const sizeBytes = Buffer.byteLength(text);
        return { path, sha256: sha256Hex(text), sizeBytes, link: pathToFileURL(file).href };
      }),
    );
    await ensureCode(place, files);
    return await codeUri(place, files);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function requirementsOf(spec: AttemptSpec): LinkedFile | null {
  if (spec.requirements === null) return null;
  const file = spec.code.find(({ path }) => path === spec.requirements);
  if (file && file.sizeBytes <= mostBytes) return file;
  throw new DomainError(
    "invalid",
    file ? "the requirements are longer than 1 MiB" : `the code has no file ${spec.requirements}`,
    { field: "requirements" },
  );
}

async function readVerified(connection: Place["connection"], file: LinkedFile): Promise<string> {
  const link = await askLink(file.link, copyLifeMs(file.sizeBytes));
  const bytes = link.startsWith("file:")
    ? await readFile(fileURLToPath(link)).catch(() => Buffer.alloc(0))
    : await readRemote(connection, file, link);
  if (createHash("sha256").update(bytes).digest("hex") === file.sha256)
    return bytes.toString("utf8");
  throw new DomainError("digest-mismatch", `${file.path} does not match its digest`);
}

async function readRemote(
  connection: Place["connection"],
  file: LinkedFile,
  link: string,
): Promise<Buffer> {
  const { status, bytes } = await readLinked(connection, link, {
    offset: 0,
    lengthBytes: Math.max(1, file.sizeBytes),
  }).catch(() => {
    throw new DomainError("unavailable", `${file.path}: its storage does not answer`);
  });
  if (status === 200 || status === 206) return bytes;
  throw new DomainError(
    status === 404 ? "not-found" : "unavailable",
    `${file.path}: its storage answered ${status}`,
  );
}
