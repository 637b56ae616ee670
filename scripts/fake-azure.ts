import { join } from "node:path";
import { startFakeAzure } from "@preceptor/test/fake-azure";
import { config } from "./config.ts";
import { stopOnSignal } from "./stack/signals.ts";

const folder = join(config.dataDir, "fake-azure");
try {
  const starting = startFakeAzure({
    folder,
    // The local provider's own: whoever needs a Python environment first builds it for both.
    environments: join(config.dataDir, "work", "environments"),
    python: config.environment.PRECEPTOR_PYTHON || "python3",
  });
  stopOnSignal(async () => (await starting).close());
  const { origin, environment, settings } = await starting;
  const variables = Object.entries(environment).map(([name, value]) => `export ${name}='${value}'`);
  console.log(`A fake Azure answers on ${origin}; it keeps everything in ${folder}.`);
  console.log(`\nStart the control plane with:\n\n${variables.join("\n")}`);
  console.log(`\nsettings.azure of a compute target:\n\n${JSON.stringify(settings, null, 2)}`);
  console.log(
    `\nFaults: POST a rule to ${origin}/fake/faults (test/fake-azure/README.md). Ctrl-C stops it.`,
  );
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
