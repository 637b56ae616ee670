import { DomainError, type ComputeTarget, type ProviderName } from "@preceptor/domain";
import type { ServingProvider } from "./provider.ts";

type ServesFrom = Pick<ComputeTarget, "id" | "provider" | "settings">;

/** The places this process can serve from, one object for each target. */
export interface ServingProviders {
  /** The same object as long as the target's settings stay. Refused with `unavailable`, and what to do, where nothing can be served there. */
  forTarget(target: ServesFrom): Promise<ServingProvider>;
}
export type ConnectServing = (target: ServesFrom) => ServingProvider | Promise<ServingProvider>;

export function servingProviders(
  adapters: Readonly<Partial<Record<ProviderName, ConnectServing>>>,
): ServingProviders {
  const connected = new Map<string, { settings: string; provider: Promise<ServingProvider> }>();
  return {
    forTarget(target) {
      const settings = JSON.stringify(target.settings);
      const known = connected.get(target.id);
      if (known?.settings === settings) return known.provider;
      const entry = { settings, provider: connect(adapters, target) };
      connected.set(target.id, entry);
      // A refusal is not remembered: what was missing may be there the next time.
      entry.provider.catch(() => {
        if (connected.get(target.id) === entry) connected.delete(target.id);
      });
      return entry.provider;
    },
  };
}

async function connect(
  adapters: Parameters<typeof servingProviders>[0],
  target: ServesFrom,
): Promise<ServingProvider> {
  const adapter = adapters[target.provider];
  if (!adapter)
    throw new DomainError(
      "unavailable",
      `This server was started without what serves from ${target.provider}: no model can answer there.`,
    );
  return adapter(target);
}
