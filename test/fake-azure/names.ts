import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { writeAtomically } from "./collection.ts";

/** Who and what this fake is; made once for a folder, so that a restart is the same Azure. */
export interface Names {
  readonly tenantId: string;
  readonly clientId: string;
  readonly principalId: string;
  readonly clientSecret: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly workspace: string;
  readonly region: string;
  readonly cluster: string;
  readonly datastore: string;
  readonly container: string;
  readonly artifactDatastore: string;
  readonly artifactContainer: string;
}

export function readNames(folder: string): Names {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "names.json");
  if (!existsSync(file)) writeAtomically(file, JSON.stringify(makeNames()), 0o600);
  return JSON.parse(readFileSync(file, "utf8")) as Names;
}

/** Containers are named as no other service's: several may have one storage emulator. */
const makeNames = (own = randomBytes(4).toString("hex")): Names => ({
  tenantId: "00000000-0000-4000-8000-00000000face",
  clientId: "00000000-0000-4000-8000-00000000c11e",
  principalId: "00000000-0000-4000-8000-0000000000b1",
  clientSecret: randomBytes(24).toString("base64url"),
  subscriptionId: "00000000-0000-4000-8000-000000005ab5",
  resourceGroup: "preceptor-fake",
  workspace: "preceptor-fake",
  region: "westeurope",
  cluster: "gpu-cluster",
  datastore: "workspaceblobstore",
  container: `azureml-blobstore-${own}`,
  artifactDatastore: "workspaceartifactstore",
  artifactContainer: `azureml-${own}`,
});

export const workspacePath = (names: Names): string =>
  `/subscriptions/${names.subscriptionId}/resourceGroups/${names.resourceGroup}/providers/Microsoft.MachineLearningServices/workspaces/${names.workspace}`;

export const locationsPath = (names: Names): string =>
  `/subscriptions/${names.subscriptionId}/providers/Microsoft.MachineLearningServices/locations`;
export const locationPath = (names: Names): string => `${locationsPath(names)}/${names.region}`;
