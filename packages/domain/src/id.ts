import { z } from "zod";

/** Prefix of each noun's id. An id is `<prefix>_<26 lower-case Crockford base32>`, sortable by time. */
export const idPrefixes = {
  organization: "org",
  user: "usr",
  dataset: "ds",
  datasetVersion: "dsv",
  recipe: "rec",
  computeTarget: "tgt",
  job: "job",
  attempt: "att",
  checkpoint: "ckpt",
  model: "mdl",
  modelVersion: "mdv",
  evaluationSuite: "evs",
  evaluation: "evl",
  policy: "pol",
  promotion: "pro",
  vote: "vot",
  deployment: "dep",
  adaptation: "adp",
  audit: "aud",
  upload: "upl",
} as const;
export type IdNoun = keyof typeof idPrefixes;

export const idOf = (noun: IdNoun) =>
  z.string().regex(new RegExp(`^${idPrefixes[noun]}_[0-9a-hjkmnp-tv-z]{26}$`), `not a ${noun} id`);

/** Lower-case name of anything a person names: 2 to 63 characters. */
export const Name = z
  .string()
  .regex(
    /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
    "use lower-case letters, digits and single hyphens, beginning with a letter",
  )
  .min(2)
  .max(63);

export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/, "not a lower-case sha256 in hex");
/** `sha256:<hex>`, as digests are shown and signed. */
export const Digest = z
  .string()
  .regex(/^sha256:[0-9a-f]{64}$/, "not a digest of the form sha256:<64 hex>");

const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

/** Builds an id from its parts: 48 bits of milliseconds and 80 bits of randomness (10 bytes), as a ULID does. */
export function composeId(noun: IdNoun, timeMs: number, random: Uint8Array): string {
  let value = BigInt(timeMs);
  for (const byte of random.subarray(0, 10)) value = (value << 8n) | BigInt(byte);
  let text = "";
  for (let i = 0; i < 26; i++) {
    text = alphabet[Number(value & 31n)] + text;
    value >>= 5n;
  }
  return `${idPrefixes[noun]}_${text}`;
}
