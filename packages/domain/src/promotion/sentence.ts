import type { Dossier } from "./promotion.ts";

/** What a member agrees to, in words: each part of it is a field of the statement that is signed. */
export const sentenceOf = (dossier: Dossier, dossierDigest: string, validityDays: number): string =>
  `I have read the dossier ${dossierDigest} and decide on the model ` +
  `${dossier.model.name}@${dossier.model.version} (${dossier.model.digest}) for the purpose ` +
  `${dossier.purpose} at stage ${dossier.stage}, under the policy ` +
  `${dossier.policy.name}@${dossier.policy.version}; an approval holds ${validityDays} days.`;
