import { z } from "zod";
import { Name } from "./id.ts";

export interface DatasetReference {
  readonly scheme: "dataset";
  readonly name: string;
  readonly version: number;
  readonly split: string;
}
export interface ModelReference {
  readonly scheme: "model";
  readonly name: string;
  readonly version: number;
}
export type InputReference = DatasetReference | ModelReference;

const pattern = /^(dataset|model):\/\/([^@/]+)@([1-9]\d{0,8})(?:\/([^/]+))?$/;

/** Reads `dataset://name@3/split` or `model://name@2`; null when it is neither. */
export function parseReference(text: string): InputReference | null {
  const [, scheme, name, version, split] = pattern.exec(text) ?? [];
  if (!scheme || !name || !version || !Name.safeParse(name).success) return null;
  if (scheme === "model")
    return split === undefined ? { scheme, name, version: Number(version) } : null;
  if (split === undefined || !Name.safeParse(split).success) return null;
  return { scheme: "dataset", name, version: Number(version), split };
}

export const formatReference = (r: InputReference): string =>
  r.scheme === "model"
    ? `model://${r.name}@${r.version}`
    : `dataset://${r.name}@${r.version}/${r.split}`;

export const InputReferenceText = z
  .string()
  .max(200)
  .refine(
    (text) => parseReference(text) !== null,
    "use dataset://name@version/split or model://name@version",
  );

/** `discharge-quality@1` */
export const VersionedName = z
  .string()
  .regex(
    /^[a-z][a-z0-9]*(-[a-z0-9]+)*@[1-9]\d{0,8}$/,
    "use name@version, e.g. discharge-quality@1",
  );
export function parseVersionedName(text: string): { name: string; version: number } {
  const at = text.lastIndexOf("@");
  return { name: text.slice(0, at), version: Number(text.slice(at + 1)) };
}
