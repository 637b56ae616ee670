import { config } from "./config.ts";
import { openPlace, readPlaceName, type Place } from "./demo/place.ts";
import { beginEnvironment, findPython } from "./demo/python.ts";
import { explain } from "./demo/client.ts";
import { walkMainPath } from "./demo/main-path.ts";
import { Steps } from "./demo/steps.ts";
import { farewell } from "./demo/farewell.ts";
import { startStack, type Stack } from "./stack.ts";
import { stopOnSignal } from "./stack/signals.ts";

const exitWhenDone = process.argv.includes("--exit");
const steps = new Steps();
let stack: Stack | undefined;
let place: Place | undefined;
let building: AbortController | undefined;
const stop = async (): Promise<void> => {
  building?.abort();
  await stack?.stop();
  await place?.close();
};
stopOnSignal(stop);
try {
  const python = await findPython();
  const name = readPlaceName(process.argv);
  building = beginEnvironment(config.dataDir, python);
  place = await openPlace(name, config.dataDir);
  const { dataDir, environment } = place;
  stack = await steps.run("Start Postgres, API, worker and gateway", () =>
    startStack({
      dataDir,
      env: environment,
      ports: { api: config.apiPort, gateway: config.gatewayPort },
      databaseUrl: config.databaseUrl,
    }),
  );
  steps.tell(`Preceptor answers on ${stack.apiUrl}, models on ${stack.gatewayUrl}/v1`);
  const walked = await walkMainPath(stack, place, python, steps);
  farewell(stack, walked, steps.write(config.dataDir, true), exitWhenDone);
} catch (error) {
  console.error(`\nThe demonstration stopped: ${explain(error)}`);
  console.error(
    `What was done so far: ${steps.write(config.dataDir, false)}. Logs: ${place?.dataDir ?? config.dataDir}/logs.`,
  );
  await stop();
  process.exit(1);
}
if (exitWhenDone) {
  await stop();
  process.exit(0);
}
