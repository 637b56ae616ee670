import type { Permit } from "@preceptor/domain";

type Method = Permit["deIdentification"];

/** A method as people say it, and what it means in a sentence. */
export const deIdentificationWords: Record<Method, { word: string; meaning: string }> = {
  "safe-harbor": {
    word: "Safe harbor",
    meaning: "The 18 identifiers of HIPAA § 164.514(b)(2) are removed.",
  },
  "expert-determination": {
    word: "Expert determination",
    meaning: "An expert found the risk of re-identification very small, § 164.514(b)(1).",
  },
  "limited-data-set": {
    word: "Limited data set",
    meaning: "Dates and places remain; a data use agreement binds its use, § 164.514(e).",
  },
  synthetic: { word: "Synthetic", meaning: "Made up: no row describes a real person." },
  none: { word: "Not de-identified", meaning: "Such data cannot be registered." },
};
