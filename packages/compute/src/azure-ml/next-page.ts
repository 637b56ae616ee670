import { DomainError } from "@preceptor/domain";
import type { Place } from "./place.ts";

/** The rest of a list; a link to another host is not followed, since our token would go with the request. */
export function nextPage(
  { connection }: Pick<Place, "connection">,
  link: string | null | undefined,
): { path: string; query: Record<string, string> } | null {
  if (link === null || link === undefined || link === "") return null;
  const url = URL.parse(link);
  if (url?.origin !== connection.cloud.resourceManager)
    throw new DomainError("unavailable", "A list went on at another host; it was not followed.");
  return { path: url.pathname, query: Object.fromEntries(url.searchParams) };
}
