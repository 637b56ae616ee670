import { config } from "./config.ts";
import { startStack } from "./stack.ts";
import { stopOnSignal } from "./stack/signals.ts";
import { noteworthy } from "./stack/terminal.ts";

const started = performance.now();
try {
  const starting = startStack({
    dataDir: config.dataDir,
    ports: { api: config.apiPort, gateway: config.gatewayPort },
    databaseUrl: config.databaseUrl,
    onLine: (line) => {
      const text = noteworthy(line);
      if (text !== undefined) console.log(text);
    },
  });
  stopOnSignal(async () => (await starting).stop());
  const stack = await starting;
  console.log(
    `Preceptor answers on ${stack.apiUrl} (models on ${stack.gatewayUrl}/v1), ready in ${((performance.now() - started) / 1000).toFixed(1)} s.`,
  );
  if (stack.firstAdminLink)
    console.log(
      `Nobody can sign in yet. Make the first administrator, once: ${stack.firstAdminLink}`,
    );
  console.log(`Logs are in ${config.dataDir}/logs. Ctrl-C stops everything.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
