import { createHash, randomUUID } from "node:crypto";
import { ok, userError } from "../answer.ts";
import type { Routes } from "../router.ts";
import type { World } from "../world.ts";
import { assetRoutes } from "./asset.ts";

export const codeRoutes = (world: World): Routes => ({
  ...assetRoutes(world, {
    noun: "codes",
    versions: world.state.codes,
    frozen: ["codeUri"],
    check({ codeUri }) {
      if (typeof codeUri !== "string" || !codeUri.startsWith("https://"))
        throw userError("The codeUri of a code version is required and is an https address.");
    },
  }),
  "POST /codes/:name/versions/:version/startPendingUpload": ({ params }) =>
    startUpload(world, `${params["name"]}:${params["version"]}`),
});

/** A container of its own for each version, and a link that may write to it: asking again gives the same container. */
async function startUpload({ blobs }: World, id: string) {
  const name = `code-${createHash("sha256").update(id).digest("hex").slice(0, 32)}`;
  const container = blobs.container(name);
  await container.createIfNotExists();
  return ok({
    pendingUploadId: randomUUID(),
    pendingUploadType: "TemporaryBlobReference",
    blobReferenceForConsumption: {
      blobUri: container.url,
      storageAccountArmId: `/subscriptions/fake/resourceGroups/fake/providers/Microsoft.Storage/storageAccounts/${blobs.account}`,
      credential: { credentialType: "SAS", sasUri: blobs.writeLink(name) },
    },
  });
}
