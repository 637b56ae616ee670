import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import type { AzureConnection } from "@preceptor/azure";
import { computeProviders, type Connect } from "@preceptor/compute";
import { localCompute } from "@preceptor/compute/local";
import { connect } from "@preceptor/db";
import { composeId, DomainError } from "@preceptor/domain";
import { createServingTokens, createSigner, type ProviderContext } from "@preceptor/services";
import { servingProviders, type ConnectServing } from "@preceptor/serving";
import { localServing } from "@preceptor/serving/local";
import { readStorageChoice, type ObjectStore } from "@preceptor/storage";
import { filesystemStore } from "@preceptor/storage/filesystem";
import { createLogger } from "@preceptor/telemetry";
import { readConfig } from "./config.ts";
import { startLoop } from "./loop.ts";
import { createReconcilers } from "./reconcilers/index.ts";
import { startSurveys } from "./survey.ts";

const config = readConfig();
const log = createLogger({ name: "worker", level: config.logLevel });
const connection = connect({ url: config.databaseUrl, applicationName: "preceptor-worker" });
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

/** One connection for every target there; its SDK is loaded when the first such target is used, so that others start without it. */
let azure: Promise<AzureConnection> | undefined;
const azureConnection = (): Promise<AzureConnection> =>
  (azure ??= import("@preceptor/azure")
    .then(({ connectAzure }) => connectAzure(config.inherited))
    .catch((error: unknown) => {
      azure = undefined;
      throw new DomainError(
        "unavailable",
        `This server cannot sign in to Azure. ${error instanceof Error ? error.message : ""} Set it for the API and the worker, then start both again.`,
        { cause: error },
      );
    }));
const azureMl: Connect = async (target) => {
  const { azureMlCompute } = await import("@preceptor/compute/azure-ml");
  if (!target.settings.azure)
    throw new DomainError(
      "unavailable",
      "The target's settings name no workspace: define it again.",
    );
  const connection = await azureConnection();
  return azureMlCompute({ connection, target: target.settings.azure, log });
};
/** Made at the start and not at first use: a wrong setting stops the start, not the first upload. */
async function openStore(): Promise<ObjectStore> {
  const storage = readStorageChoice(config.inherited);
  if (storage.kind === "filesystem") return filesystemStore({ root: storage.root });
  const [{ blobContainer, blobService }, { azureBlobStore }, connected] = await Promise.all([
    import("@preceptor/azure"),
    import("@preceptor/storage/azure-blob"),
    azureConnection(),
  ]);
  return azureBlobStore({
    container: blobContainer(connected, storage),
    service: blobService(connected, storage),
  });
}
const azureServing: ConnectServing = async ({ id, settings: { azure } }) => {
  const { azureOnlineEndpoint } = await import("@preceptor/serving/azure-online-endpoint");
  if (!azure?.serving)
    throw new DomainError(
      "unavailable",
      "The target serves no models yet: an operator gives its settings azure.serving with the machines' instance type.",
    );
  const connection = await azureConnection();
  const target = { ...azure, serving: azure.serving };
  return azureOnlineEndpoint({ connection, target, scope: id });
};

const base: Omit<ProviderContext, "caller"> = {
  db: connection.db,
  now: () => new Date(),
  newId: (noun) => composeId(noun, Date.now(), randomBytes(10)),
  log,
  store: await openStore(),
  signer: createSigner(readFileSync(config.signingKeyFile, "utf8")),
  confirmPassword: async () => false,
  compute: computeProviders({ local: () => compute, "azure-ml": azureMl }),
  serving: servingProviders({ local: () => serving, "azure-ml": azureServing }),
};
const loop = await startLoop({
  base,
  reconcilers: createReconcilers(),
  settings: { publicUrl: config.publicUrl },
  owner: config.owner,
  listen: (wake) => connection.sql.listen("work", wake),
});
const surveys = startSurveys({ base });
log.info({ owner: config.owner }, "the worker claims what is due");
process.send?.({ type: "ready" });

/** Attempts go on, and served models unless the whole installation stops; whoever starts next finds them again. */
async function end(signal: NodeJS.Signals): Promise<void> {
  log.info({ signal }, "the worker ends");
  await Promise.all([surveys.stop(5000), loop.stop(5000)]);
  if (config.endServed) await serving.endServers();
  await connection.end();
  process.exit(0);
}
process.once("SIGTERM", (signal) => void end(signal));
process.once("SIGINT", (signal) => void end(signal));
