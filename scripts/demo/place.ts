import { join } from "node:path";
import type { Person } from "./client.ts";

/** Where the demonstration's jobs run and its models answer. */
export interface Place {
  /** Name of the compute target every job, evaluation and promotion asks for. */
  readonly target: string;
  readonly dataDir: string;
  /** What every process of the stack is told besides. */
  readonly environment: Readonly<Record<string, string>>;
  /** Makes the target known where it is not yet. */
  define(operator: Person): Promise<void>;
  close(): Promise<void>;
}
export const placeNames = ["local", "azure-fake"] as const;
type PlaceName = (typeof placeNames)[number];

/** What `--target` names; `local` when nothing is said. */
export function readPlaceName(args: readonly string[]): PlaceName {
  const at = args.findIndex((arg) => arg === "--target" || arg.startsWith("--target="));
  if (at < 0) return "local";
  const said = args[at]?.includes("=") ? args[at].slice("--target=".length) : args[at + 1];
  const name = placeNames.find((each) => each === said);
  if (name === undefined)
    throw new Error(
      `--target must be one of ${placeNames.join(", ")}, not ${JSON.stringify(said)}.`,
    );
  return name;
}

export const openPlace = (name: PlaceName, dataDir: string): Promise<Place> =>
  name === "local" ? Promise.resolve(local(dataDir)) : azureFake(dataDir);

const local = (dataDir: string): Place => ({
  target: "local",
  dataDir,
  environment: {},
  define: async () => {},
  close: async () => {},
});

/** An installation of its own: what it stores is in the fake's storage, and would not be found without it. */
async function azureFake(shared: string): Promise<Place> {
  const { startFakeAzure } = await import("@preceptor/test/fake-azure");
  const dataDir = join(shared, "azure-fake");
  const azure = await startFakeAzure({
    folder: join(dataDir, "azure"),
    environments: join(shared, "work", "environments"),
  });
  const { settings } = azure;
  return {
    target: "azure-fake",
    dataDir,
    environment: {
      ...azure.environment,
      PRECEPTOR_STORAGE: "azure-blob",
      PRECEPTOR_STORAGE_ENDPOINT: settings.blobEndpoint,
      PRECEPTOR_STORAGE_CONTAINER: settings.container,
      PRECEPTOR_AUDIT_HEADS: azure.headsContainer,
    },
    async define(operator) {
      const targets = await operator.api.computeTarget.list.query();
      if (targets.some((target) => target.name === "azure-fake")) return;
      await operator.api.computeTarget.define.mutate({
        name: "azure-fake",
        provider: "azure-ml",
        settings: {
          maxNodes: 4,
          maxProcessesPerNode: 4,
          diskQuotaBytes: 20_000_000_000,
          logLimitBytes: 50_000_000,
          azure: settings,
        },
      });
    },
    close: () => azure.close(),
  };
}
