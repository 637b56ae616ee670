import {
  BlobSASPermissions,
  SASProtocol,
  type BlobClient,
  type BlobServiceClient,
  type UserDelegationKey,
} from "@azure/storage-blob";
import { DomainError } from "@preceptor/domain";

export type KeyUntil = (untilMs: number) => Promise<UserDelegationKey>;

const hourMs = 60 * 60_000;
/** The service gives a key for seven days at most; the day less leaves room for clocks that differ. */
const longestMs = 6 * 24 * hourMs;
const clocksDifferMs = 15 * 60_000;

/** Keys signed for the caller by the service, each kept until a link must outlive it. A failure is forgotten. */
export function delegationKeys(service: BlobServiceClient, now: () => number): KeyUntil {
  let kept: { readonly untilMs: number; readonly key: Promise<UserDelegationKey> } | undefined;
  return (untilMs) => {
    if (kept !== undefined && kept.untilMs >= untilMs) return kept.key;
    const made = {
      untilMs: untilMs + hourMs,
      key: service.getUserDelegationKey(
        new Date(now() - clocksDifferMs),
        new Date(untilMs + hourMs),
      ),
    };
    made.key.catch(() => {
      if (kept === made) kept = undefined;
    });
    kept = made;
    return made.key;
  };
}

/** Lets a few go at once and the rest wait: a data set of 100,000 files asks for as many links in one breath. */
export function gate(most: number): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let inside = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (inside < most) inside++;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      // Whoever waited takes the place; it is not given back in between.
      const next = waiting.shift();
      if (next === undefined) inside--;
      else next();
    }
  };
}

/** An address that reads this one object and nothing else, without any header, until the time is over; with a name, one that saves it. */
export async function linkObject(
  blob: BlobClient,
  { ttlMs, fileName }: { readonly ttlMs: number; readonly fileName?: string },
  keyUntil: KeyUntil,
  now: () => number,
): Promise<string> {
  if (!(ttlMs > 0) || ttlMs > longestMs)
    throw new DomainError("invalid", "A link lives for more than no time and at most six days.", {
      field: "ttlMs",
    });
  await blob.getProperties();
  // The service counts in whole seconds.
  const expiresMs = Math.ceil((now() + ttlMs) / 1000) * 1000;
  const secure = new URL(blob.url).protocol === "https:";
  return blob.generateUserDelegationSasUrl(
    {
      permissions: BlobSASPermissions.from({ read: true }),
      expiresOn: new Date(expiresMs),
      ...(secure ? { protocol: SASProtocol.Https } : {}),
      // Signed with the rest: whoever has the link cannot have it shown instead.
      ...(fileName === undefined
        ? {}
        : {
            contentDisposition: `attachment; filename="${fileName}"`,
            contentType: "application/octet-stream",
            cacheControl: "private, no-store",
          }),
    },
    await keyUntil(expiresMs),
  );
}
