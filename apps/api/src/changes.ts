import { EventEmitter, once } from "node:events";

/** Subscribes to one Postgres channel for as long as the process runs; connects again by itself. */
export type Listen = (
  onPayload: (payload: string) => void,
) => Promise<{ unlisten(): Promise<void> }>;

export interface Changes {
  /** Resolves when one of these changed, after `timeoutMs` at the latest, or when the signal says stop. */
  next(
    keys: readonly string[],
    options: { timeoutMs: number; signal?: AbortSignal | undefined },
  ): Promise<void>;
  close(): Promise<void>;
}

/** `organization:noun:id`, as services notify on the channel `changed`. */
export const changeKey = (organizationId: string, noun: string, id: string): string =>
  `${organizationId}:${noun}:${id}`;

/** All streams of this process share one listening connection. */
export async function followChanges(listen: Listen): Promise<Changes> {
  const emitter = new EventEmitter();
  emitter.setMaxListeners(0);
  const subscription = await listen((payload) => emitter.emit(payload));
  return {
    async next(keys, { timeoutMs, signal }) {
      const done = new AbortController();
      const until = AbortSignal.any([
        done.signal,
        AbortSignal.timeout(timeoutMs),
        ...(signal ? [signal] : []),
      ]);
      const aborted = once(until, "abort").catch(() => undefined);
      await Promise.race([
        ...(until.aborted ? [] : [aborted]),
        ...keys.map((key) => once(emitter, key, { signal: until }).catch(() => undefined)),
      ]);
      done.abort();
    },
    close: () => subscription.unlisten(),
  };
}
