import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { linkedContainer, stageFolder, once, orNull } from "@preceptor/azure";
import { DomainError } from "@preceptor/domain";
import type { LinkedFile } from "../provider.ts";
import { codeBody, codeName, codeVersion, pendingUploadBody } from "./code-body.ts";
import type { Place } from "./place.ts";
import { AssetVersion, CodeVersion, Nothing, PendingUpload } from "./wire.ts";

const bootstrap = new URL("./bootstrap/", import.meta.url);
const folder = "code";

/** The job's code and beside it what starts it. A job may not bring a file of such a name itself. */
export function withBootstrap(code: readonly LinkedFile[]): readonly LinkedFile[] {
  const own = readdirSync(bootstrap).filter((name) => name.endsWith(".py"));
  for (const { path } of code)
    if (own.includes(path))
      throw new DomainError("invalid", `the code may not have a file ${path} of its own`);
  return [...code, ...own.map(ownFile)];
}

function ownFile(path: string): LinkedFile {
  const place = new URL(path, bootstrap);
  const content = readFileSync(place);
  const sha256 = createHash("sha256").update(content).digest("hex");
  return { path, sha256, sizeBytes: content.length, link: place.href };
}

export const codeId = ({ client }: Pick<Place, "client">, files: readonly LinkedFile[]): string =>
  `${client.resourceId}/codes/${codeName}/versions/${codeVersion(files)}`;

/** Where the files of a version lie. */
export async function codeUri(
  { client }: Pick<Place, "client">,
  files: readonly LinkedFile[],
): Promise<string> {
  const path = `/codes/${codeName}/versions/${codeVersion(files)}`;
  return (await client.send({ method: "GET", path, schema: CodeVersion })).properties.codeUri;
}

/** The same files are uploaded once: their version is named by their digest. */
export async function ensureCode(
  { client, connection }: Place,
  files: readonly LinkedFile[],
): Promise<void> {
  const version = codeVersion(files);
  const path = `/codes/${codeName}/versions/${version}`;
  const isThere = async (): Promise<boolean> =>
    (await orNull(client.send({ method: "GET", path, schema: AssetVersion }))) !== null;
  if (await isThere()) return;
  const upload = await once(
    () =>
      client.send({
        method: "POST",
        path: `${path}/startPendingUpload`,
        body: pendingUploadBody(version),
        schema: PendingUpload,
      }),
    isThere,
  );
  // Somebody else's upload of the same files was finished meanwhile.
  if (upload === null) return;
  const { blobReferenceForConsumption: where } = upload;
  await stageFolder(
    connection,
    linkedContainer(connection, where.credential.sasUri),
    folder,
    files,
  );
  const body = codeBody(`${where.blobUri.replace(/\/$/, "")}/${folder}`, files);
  await once(() => client.send({ method: "PUT", path, body, schema: Nothing }), isThere);
}
