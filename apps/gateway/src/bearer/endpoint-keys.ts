import type { EndpointPlace } from "@preceptor/domain";
import { withTimeout } from "../timeout.ts";

export interface EndpointKeysOptions {
  /** Asks the endpoint's place; refuses where `address` is not where that endpoint answers. */
  read(place: EndpointPlace, address: URL): Promise<string>;
  nowMs(): number;
  /** Once for each time it was asked in vain. */
  onFailed(place: EndpointPlace, error: unknown): void;
}
export interface EndpointKeys {
  keyFor(place: EndpointPlace, address: URL): Promise<string>;
  /** A newer key after the endpoint refused this one; null where it is still the newest. */
  newerThan(refused: string, place: EndpointPlace, address: URL): Promise<string | null>;
  /** Lets go of what is too old to be used. */
  forgetOld(): void;
}

interface Entry {
  readonly key: Promise<string>;
  /** When it was asked for because of a refusal; such a question is not repeated by every request that is refused. */
  readonly refusedAt: number;
  until: number;
}

const KEEP_MS = 3_600_000;
const KEEP_FAILURE_MS = 5_000;
const BETWEEN_REFUSALS_MS = 10_000;
const READ_TIMEOUT_MS = 15_000;

/** The keys of endpoints, in this process's memory for at most an hour and nowhere else. */
export function createEndpointKeys({ read, nowMs, onFailed }: EndpointKeysOptions): EndpointKeys {
  const known = new Map<string, Entry>();
  const nameOf = (place: EndpointPlace, address: URL): string =>
    JSON.stringify([place, address.href]);

  function ask(place: EndpointPlace, address: URL, refusedAt: number): Entry {
    const key = withTimeout(read(place, address), READ_TIMEOUT_MS);
    const entry: Entry = { key, refusedAt, until: nowMs() + KEEP_MS };
    key.catch((error: unknown) => {
      entry.until = nowMs() + KEEP_FAILURE_MS;
      onFailed(place, error);
    });
    known.set(nameOf(place, address), entry);
    return entry;
  }
  function current(place: EndpointPlace, address: URL): Entry {
    const entry = known.get(nameOf(place, address));
    return entry !== undefined && entry.until > nowMs() ? entry : ask(place, address, -Infinity);
  }

  return {
    keyFor: (place, address) => current(place, address).key,
    async newerThan(refused, place, address) {
      const key = await current(place, address).key;
      // Another request was refused too, and asked already.
      if (key !== refused) return key;
      const entry = current(place, address);
      const early = nowMs() - entry.refusedAt < BETWEEN_REFUSALS_MS;
      const newest = await (early ? entry : ask(place, address, nowMs())).key;
      return newest === refused ? null : newest;
    },
    forgetOld() {
      for (const [name, { until }] of known) if (until <= nowMs()) known.delete(name);
    },
  };
}
