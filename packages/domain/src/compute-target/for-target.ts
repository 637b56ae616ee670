import { DomainError } from "../error.ts";
import type { ComputeTarget, ProviderName } from "./compute-target.ts";

/** What of a target says how it is reached. */
export type ReachedTarget = Pick<ComputeTarget, "id" | "provider" | "settings">;

/** Makes the object of one target; asked again after the target's settings changed, or after it refused. */
export type ConnectTarget<Provider> = (target: ReachedTarget) => Provider | Promise<Provider>;

export interface ProvidersByTarget<Provider> {
  /** The same object as long as the target's settings stay. Refused with `unavailable`, and what to do, where this process cannot reach it. */
  forTarget(target: ReachedTarget): Promise<Provider>;
}

/** One object for each target; `without` ends the sentence for a kind of target that this process was started without. */
export function providersByTarget<Provider>(
  adapters: Readonly<Partial<Record<ProviderName, ConnectTarget<Provider>>>>,
  without: string,
): ProvidersByTarget<Provider> {
  const connected = new Map<string, { settings: string; provider: Promise<Provider> }>();
  const connect = async (target: ReachedTarget): Promise<Provider> => {
    const adapter = adapters[target.provider];
    if (adapter) return adapter(target);
    throw new DomainError(
      "unavailable",
      `This server was started without the adapter for ${target.provider}; ${without}.`,
    );
  };
  return {
    forTarget(target) {
      const settings = JSON.stringify(target.settings);
      const known = connected.get(target.id);
      if (known?.settings === settings) return known.provider;
      const entry = { settings, provider: connect(target) };
      connected.set(target.id, entry);
      // A refusal is not remembered: what was missing may be there the next time.
      entry.provider.catch(() => {
        if (connected.get(target.id) === entry) connected.delete(target.id);
      });
      return entry.provider;
    },
  };
}
