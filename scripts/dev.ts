import { join } from "node:path";
import { config, root } from "./config.ts";
import { startStack } from "./stack.ts";
import { supervise, type Line, type SupervisedChild } from "./stack/child.ts";
import { stopOnSignal } from "./stack/signals.ts";
import { noteworthy } from "./stack/terminal.ts";

const show = (line: Line): void => {
  const text = noteworthy(line);
  if (text !== undefined) console.log(text);
};

/** vite.config.ts of the UI sends what is not the UI's on to PRECEPTOR_API_URL. */
function startVite(apiUrl: string): Promise<SupervisedChild> {
  const inherited = Object.entries(config.environment).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return supervise(
    {
      name: "admin",
      command: process.execPath,
      args: [join(root, "node_modules/vite/bin/vite.js")],
      env: { ...Object.fromEntries(inherited), PRECEPTOR_API_URL: apiUrl },
      cwd: join(root, "apps/admin"),
      logFolder: join(config.dataDir, "logs"),
      announces: false,
    },
    show,
  );
}

try {
  const starting = startStack({
    dataDir: config.dataDir,
    ports: { api: config.apiPort, gateway: config.gatewayPort },
    databaseUrl: config.databaseUrl,
    watch: true,
    onLine: show,
  });
  const startingVite = starting.then((stack) => startVite(stack.apiUrl));
  stopOnSignal(async () => {
    await (await startingVite).stop();
    await (await starting).stop();
  });
  const stack = await starting;
  await startingVite;
  console.log(
    `API on ${stack.apiUrl}, models on ${stack.gatewayUrl}/v1; vite's line has the web UI. Ctrl-C stops everything.`,
  );
  if (stack.firstAdminLink)
    console.log(`Make the first administrator, once: ${stack.firstAdminLink}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
