import { servedKeyDigest, type ServedKey } from "@preceptor/services/gateway";
import { GatewayError } from "../errors.ts";
import { withTimeout } from "../timeout.ts";

export interface KeyCheckOptions {
  verify(digest: string): Promise<ServedKey | null>;
  nowMs(): number;
}

/** So long a disabled key may still be taken while the database answers. */
const FRESH_MS = 10_000;
/** So long a key verified before is taken while the database does not answer. */
const STALE_MS = 60 * 60_000;
/** So long the database is left alone after it did not answer. */
const PAUSE_MS = 2000;
const VERIFY_TIMEOUT_MS = 3000;
const MOST_KEPT = 10_000;

interface Kept {
  readonly key: ServedKey | null;
  readonly verifiedAtMs: number;
}

/** Finds who a key belongs to, from memory when it was verified a moment ago. null: no such key. Only digests are kept. */
export function createKeyCheck({ verify, nowMs }: KeyCheckOptions) {
  const kept = new Map<string, Kept>();
  const underWay = new Map<string, Promise<ServedKey | null>>();
  let pausedUntilMs = 0;

  async function ask(digest: string): Promise<ServedKey | null> {
    try {
      const key = await withTimeout(verify(digest), VERIFY_TIMEOUT_MS);
      kept.delete(digest);
      kept.set(digest, { key, verifiedAtMs: nowMs() });
      const [oldest] = kept.keys();
      if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
      return key;
    } catch {
      pausedUntilMs = nowMs() + PAUSE_MS;
      return remembered(digest);
    }
  }

  function remembered(digest: string): ServedKey | null {
    const found = kept.get(digest);
    if (found !== undefined && nowMs() - found.verifiedAtMs < STALE_MS) return found.key;
    throw new GatewayError(
      "key_check_unavailable",
      "This key cannot be checked right now. Try again in a few seconds.",
    );
  }

  return async (bearer: string): Promise<ServedKey | null> => {
    const digest = servedKeyDigest(bearer);
    const found = kept.get(digest);
    const key =
      found !== undefined && nowMs() - found.verifiedAtMs < FRESH_MS
        ? found.key
        : nowMs() < pausedUntilMs
          ? remembered(digest)
          : await shared(digest);
    return key?.expiresAt && key.expiresAt.getTime() <= nowMs() ? null : key;
  };

  /** Many requests of one key ask the database once. */
  function shared(digest: string): Promise<ServedKey | null> {
    const running = underWay.get(digest);
    if (running !== undefined) return running;
    const asked = ask(digest).finally(() => underWay.delete(digest));
    underWay.set(digest, asked);
    return asked;
  }
}
export type KeyCheck = ReturnType<typeof createKeyCheck>;
