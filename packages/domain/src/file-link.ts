/**
 * Where a file's bytes are read: an address that stays, or one that is asked for when its copy begins. Whoever reads the latter then
 * can read it for `lifeMs` and no longer.
 */
export type FileLink = string | ((lifeMs: number) => Promise<string>);

export const askLink = async (link: FileLink, lifeMs: number): Promise<string> =>
  typeof link === "string" ? link : link(lifeMs);

/** What may be written down of it: the query of an address may be its signature. */
export const bareLink = (link: FileLink): string =>
  typeof link === "string" ? (link.split("?")[0] ?? "") : "";

/** Of a whole job's files, where who copies them cannot ask again; no link lives longer. */
export const longestLinkMs = 60 * 60_000;
const shortestLinkMs = 5 * 60_000;
/** A copy that is slower than this is a storage in trouble. */
const bytesPerMs = 10_000;

/** How long a link must live for one copy of so many bytes to be read through it: five minutes, for large ones more. */
export const copyLifeMs = (sizeBytes: number): number =>
  Math.min(longestLinkMs, Math.ceil(shortestLinkMs + sizeBytes / bytesPerMs));
