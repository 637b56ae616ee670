import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { azureOnDemand } from "@preceptor/azure/on-demand";
import { computeProviders } from "@preceptor/compute";
import { azureMlOnDemand } from "@preceptor/compute/azure-ml/on-demand";
import { localCompute } from "@preceptor/compute/local";
import { connect, refuseUnboundRole, sessionLocks } from "@preceptor/db";
import { composeId } from "@preceptor/domain";
import { createServingTokens, createSigner, type ProviderContext } from "@preceptor/services";
import { servingProviders } from "@preceptor/serving";
import { azureServingOnDemand } from "@preceptor/serving/azure-online-endpoint/on-demand";
import { localServing } from "@preceptor/serving/local";
import { readHeadsChoice, readStorageChoice } from "@preceptor/storage";
import { azureBlobOnDemand } from "@preceptor/storage/azure-blob/on-demand";
import { openStore } from "@preceptor/storage/open";
import { createLogger } from "@preceptor/telemetry";
import { startEndingAbandoned } from "./abandoned.ts";
import { publishHeads } from "./audit-heads.ts";
import { readConfig } from "./config.ts";
import { startLoop } from "./loop.ts";
import { createReconcilers } from "./reconcilers/index.ts";
import { retentionLock, startRetention } from "./retention.ts";
import { startSurveys, surveysLock } from "./survey.ts";

const config = readConfig();
const log = createLogger({ name: "worker", level: config.logLevel });
const connection = connect({ url: config.databaseUrl, applicationName: "preceptor-worker" });
await refuseUnboundRole(connection.sql);
const local = {
  workDir: config.workDir,
  ...(config.python === undefined ? {} : { python: config.python }),
};
const [compute, serving] = [
  localCompute(local),
  localServing({
    ...local,
    tokenFor: createServingTokens(readFileSync(config.servingKeyFile, "utf8")),
    environment: config.inherited,
  }),
];

/** Signed in when the first adapter needs it: an installation without one starts without the SDK. */
const reach = azureOnDemand(config.inherited);
const storage = readStorageChoice(config.inherited);
const stores = { "azure-blob": azureBlobOnDemand(reach) };
const base: Omit<ProviderContext, "caller"> = {
  db: connection.db,
  now: () => new Date(),
  newId: (noun) => composeId(noun, Date.now(), randomBytes(10)),
  log,
  store: await openStore(storage, stores),
  signer: createSigner(readFileSync(config.signingKeyFile, "utf8")),
  confirmPassword: async () => false,
  compute: computeProviders({ local: () => compute, "azure-ml": azureMlOnDemand(reach, log) }),
  serving: servingProviders({ local: () => serving, "azure-ml": azureServingOnDemand(reach) }),
};
/** A session of its own: whoever holds a lock in it does that work for all. */
const locksOf = (work: string, space: number) =>
  sessionLocks(
    connect({
      url: config.databaseUrl,
      max: 1,
      applicationName: `preceptor-${work} ${process.pid}`,
    }).sql,
    space,
  );
const locks = locksOf("surveys", surveysLock);
const retentionLocks = locksOf("retention", retentionLock);
const surveys = await startSurveys({ base, locks });
const loop = await startLoop({
  base,
  reconcilers: createReconcilers(),
  settings: { publicUrl: config.publicUrl },
  owner: config.owner,
  listen: (wake) => connection.sql.listen("work", wake),
  exceptTargets: surveys.elsewhere,
});
const abandoned = startEndingAbandoned({ base });
const retention = startRetention({ base, locks: retentionLocks });
const headsAt = readHeadsChoice(config.inherited, storage);
const published = headsAt && publishHeads({ base, heads: await openStore(headsAt, stores) });
log.info({ owner: config.owner }, "the worker claims what is due");
process.send?.({ type: "ready" });

/** Attempts go on, and served models unless the whole installation stops; whoever starts next finds them again. */
async function end(signal: NodeJS.Signals): Promise<void> {
  log.info({ signal }, "the worker ends");
  await Promise.all([
    surveys.stop(5000),
    loop.stop(5000),
    retention.stop(5000),
    Promise.race([abandoned.stop(), pause(5000, undefined, { ref: false })]),
    published?.stop(),
  ]);
  await Promise.all([locks.end(), retentionLocks.end()]);
  if (config.endServed) await serving.endServers();
  await connection.end();
  process.exit(0);
}
process.once("SIGTERM", (signal) => void end(signal));
process.once("SIGINT", (signal) => void end(signal));
