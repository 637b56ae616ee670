import { DomainError, type ComputeTarget, type ProviderName } from "@preceptor/domain";
import type { ComputeProvider } from "./provider.ts";

export type RunsOn = Pick<ComputeTarget, "id" | "provider" | "settings">;

/** The places this process can reach, one object for each compute target. */
export interface ComputeProviders {
  /** The same object as long as the target's settings stay. Refused with `unavailable`, and what to do, where this process cannot reach it. */
  forTarget(target: RunsOn): Promise<ComputeProvider>;
}
/** Makes the object of one target; asked again after the target's settings changed, or after it refused. */
export type Connect = (target: RunsOn) => ComputeProvider | Promise<ComputeProvider>;

export function computeProviders(
  adapters: Readonly<Partial<Record<ProviderName, Connect>>>,
): ComputeProviders {
  const connected = new Map<string, { settings: string; provider: Promise<ComputeProvider> }>();
  return {
    forTarget(target) {
      const settings = JSON.stringify(target.settings);
      const known = connected.get(target.id);
      if (known?.settings === settings) return known.provider;
      const entry = { settings, provider: connect(adapters, target) };
      connected.set(target.id, entry);
      entry.provider.catch(() => {
        if (connected.get(target.id) === entry) connected.delete(target.id);
      });
      return entry.provider;
    },
  };
}

async function connect(
  adapters: Parameters<typeof computeProviders>[0],
  target: RunsOn,
): Promise<ComputeProvider> {
  const adapter = adapters[target.provider];
  if (!adapter)
    throw new DomainError(
      "unavailable",
      `This server was started without the adapter for ${target.provider}; nothing can be run or read there.`,
    );
  return adapter(target);
}
