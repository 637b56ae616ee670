import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { readLinked, once, orNull } from "@preceptor/azure";
import { DomainError } from "@preceptor/domain";
import type { AttemptSpec, LinkedFile } from "../provider.ts";
import {
  environmentBody,
  environmentName,
  environmentVersion,
  type EnvironmentPlan,
} from "./environment-body.ts";
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
  { client, connection }: Place,
  spec: AttemptSpec,
  image: string,
): Promise<void> {
  const plan = environmentPlan(spec, image);
  const path = `/environments/${environmentName(plan)}/versions/${environmentVersion}`;
  const isThere = async (): Promise<boolean> =>
    (await orNull(client.send({ method: "GET", path, schema: AssetVersion }))) !== null;
  if (await isThere()) return;
  const file = requirementsOf(spec);
  const text = file === null ? null : await readVerified(connection, file);
  const body = environmentBody(plan, text);
  await once(() => client.send({ method: "PUT", path, body, schema: Nothing }), isThere);
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
  const bytes = file.link.startsWith("file:")
    ? await readFile(fileURLToPath(file.link)).catch(() => Buffer.alloc(0))
    : await readRemote(connection, file);
  if (createHash("sha256").update(bytes).digest("hex") === file.sha256)
    return bytes.toString("utf8");
  throw new DomainError("digest-mismatch", `${file.path} does not match its digest`);
}

async function readRemote(connection: Place["connection"], file: LinkedFile): Promise<Buffer> {
  const { status, bytes } = await readLinked(connection, file.link, {
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
