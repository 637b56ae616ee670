import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { once, orNull, stageFolder } from "@preceptor/azure";
import { DomainError, isSafePath } from "@preceptor/domain";
import type { ServedFile, ServingSpec } from "../provider.ts";
import { environmentBody, modelBody } from "./bodies.ts";
import { buildContext } from "./context.ts";
import { contextPrefix, filesDigest, modelName, modelPrefix, modelVersion } from "./names.ts";
import type { Place } from "./place.ts";
import { AssetVersion, Nothing } from "./wire.ts";

/** The digest a board approved is over the whole list: one file more or less is another model. */
export function assertModelDigest({ files, modelDigest }: ServingSpec): void {
  for (const { path } of files)
    if (!isSafePath(path))
      throw new DomainError("invalid", "A file's path leaves its folder: nothing was loaded.");
  const found = `sha256:${filesDigest(files)}`;
  if (found !== modelDigest)
    throw new DomainError(
      "digest-mismatch",
      `These files are model ${found}, not ${modelDigest}: nothing was loaded.`,
    );
}

/** Brings the files and registers them; the id of the model version. The same model is there once, whoever serves it. */
export async function ensureModel(place: Place, spec: ServingSpec): Promise<string> {
  await stageFolder(place.connection, place.container, modelPrefix(spec.modelDigest), spec.files);
  const path = `/models/${modelName}/versions/${modelVersion(spec.modelDigest)}`;
  await ensureAsset(place, path, modelBody(place.target, spec), spec.modelDigest);
  return place.client.resourceId + path;
}

/** Brings what the image is built from and names it; Azure builds it when the first deployment asks for it. */
export async function ensureEnvironment(place: Place, { runtime }: ServingSpec): Promise<string> {
  const { dockerfile, files } = buildContext(place.target, runtime);
  const folder = await mkdtemp(join(tmpdir(), "preceptor-context-"));
  try {
    const all = [...files, await dockerfileIn(folder, dockerfile)];
    const digest = filesDigest(all);
    const prefix = contextPrefix(digest);
    await stageFolder(place.connection, place.container, prefix, all);
    const path = `/environments/preceptor-serve-${digest.slice(0, 24)}/versions/1`;
    // Azure wants the slash at its end.
    await ensureAsset(place, path, environmentBody(`${place.container.url}/${prefix}/`), null);
    return place.client.resourceId + path;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function dockerfileIn(folder: string, text: string): Promise<ServedFile> {
  const file = join(folder, "Dockerfile");
  await writeFile(file, text);
  return {
    path: "Dockerfile",
    sha256: createHash("sha256").update(text).digest("hex"),
    sizeBytes: Buffer.byteLength(text),
    link: pathToFileURL(file).href,
  };
}

/** Versions never change: one that is there is this one, and its digest says so where it has one. */
async function ensureAsset(
  { client }: Place,
  path: string,
  body: unknown,
  digest: string | null,
): Promise<void> {
  const isThere = async (): Promise<boolean> => {
    const found = await orNull(client.send({ method: "GET", path, schema: AssetVersion }));
    const known = found?.properties.properties?.["preceptorDigest"];
    if (found !== null && digest !== null && known !== digest)
      throw new DomainError("conflict", `Another model is registered at ${path}.`);
    return found !== null;
  };
  if (await isThere()) return;
  await once(() => client.send({ method: "PUT", path, body, schema: Nothing }), isThere);
}
