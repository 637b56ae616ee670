import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { localCompute } from "@preceptor/compute/local";
import { connect } from "@preceptor/db";
import { composeId } from "@preceptor/domain";
import { createSigner } from "@preceptor/services";
import { localServing } from "@preceptor/serving/local";
import { filesystemStore } from "@preceptor/storage/filesystem";
import { createLogger } from "@preceptor/telemetry";
import { readConfig } from "./config.ts";
import { startLoop } from "./loop.ts";
import { createReconcilers } from "./reconcilers/index.ts";

const config = readConfig();
const log = createLogger({ name: "worker", level: config.logLevel });
const connection = connect({ url: config.databaseUrl, applicationName: "preceptor-worker" });
const local = {
  workDir: config.workDir,
  ...(config.python === undefined ? {} : { python: config.python }),
};
const [compute, serving] = [
  localCompute(local),
  localServing({ ...local, environment: config.inherited }),
];

const loop = await startLoop({
  base: {
    db: connection.db,
    now: () => new Date(),
    newId: (noun) => composeId(noun, Date.now(), randomBytes(10)),
    log,
    store: filesystemStore({ root: config.storageDir }),
    signer: createSigner(readFileSync(config.signingKeyFile, "utf8")),
    confirmPassword: async () => false,
    compute: new Map([[compute.name, compute]]),
    serving: new Map([[serving.name, serving]]),
  },
  reconcilers: createReconcilers(),
  settings: { publicUrl: config.publicUrl },
  owner: config.owner,
  listen: (wake) => connection.sql.listen("work", wake),
});
log.info({ owner: config.owner }, "the worker claims what is due");
process.send?.({ type: "ready" });

/** Attempts go on, and served models unless the whole installation stops; whoever starts next finds them again. */
async function end(signal: NodeJS.Signals): Promise<void> {
  log.info({ signal }, "the worker ends");
  await loop.stop(5000);
  if (config.endServed) await serving.endServers();
  await connection.end();
  process.exit(0);
}
process.once("SIGTERM", (signal) => void end(signal));
process.once("SIGINT", (signal) => void end(signal));
