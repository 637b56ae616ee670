import { createHash } from "node:crypto";
import { manifestText, type Manifest } from "@preceptor/domain";

export const sha256Hex = (text: string): string => createHash("sha256").update(text).digest("hex");
export const filesDigest = (files: Manifest): string => sha256Hex(manifestText(files));

/** Readable, and unique in its region as a host name must be: 3 to 32 of a-z, 0-9 and hyphens, beginning with a letter. */
export function endpointName(scope: string, purpose: string): string {
  const words = purpose.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  const readable = words.slice(0, 19).replace(/^-+|-+$/g, "");
  return [
    "p",
    ...(readable === "" ? [] : [readable]),
    sha256Hex(`${scope} ${purpose}`).slice(0, 10),
  ].join("-");
}

/** Ours are longer than Azure allows; the tag of the deployment says the whole. */
export const deploymentName = (deploymentId: string): string =>
  `d${sha256Hex(deploymentId).slice(0, 24)}`;

export const modelName = "preceptor-model";
/** The digest that was approved, as far as a version's name may be long. */
export const modelVersion = (modelDigest: string): string =>
  modelDigest.replace(/^sha256:/, "").slice(0, 40);
export const modelPrefix = (modelDigest: string): string =>
  `preceptor/models/${modelDigest.replace(/^sha256:/, "")}`;

export const contextPrefix = (digest: string): string => `preceptor/contexts/${digest}`;
export const statePath = (deploymentId: string): string =>
  `preceptor/serving/${deploymentName(deploymentId)}.json`;
export const logPath = (deploymentId: string): string =>
  `preceptor/serving/${deploymentName(deploymentId)}.log`;
