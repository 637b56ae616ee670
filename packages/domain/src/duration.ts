import { z } from "zod";

const pattern = /^P(?:(\d{1,3})D)?(?:T(?=\d)(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:(\d{1,7})S)?)?$/;

/** Milliseconds of an ISO 8601 duration of days, hours, minutes and seconds; null when it is not one. */
export function durationMs(text: string): number | null {
  const match = pattern.exec(text);
  if (!match || text === "P") return null;
  const [d, h, m, s] = match.slice(1).map((part) => Number(part ?? 0));
  return (((d ?? 0) * 24 + (h ?? 0)) * 3600 + (m ?? 0) * 60 + (s ?? 0)) * 1000;
}

const wording = "use an ISO 8601 duration of at least a second with its unit, e.g. PT12H or PT30M";

export const Duration = z
  .string(wording)
  .refine((text) => (durationMs(text) ?? 0) >= 1000, wording);
