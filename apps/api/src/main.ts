import { randomBytes } from "node:crypto";
import type { AzureConnection } from "@preceptor/azure";
import { computeProviders, type Connect } from "@preceptor/compute";
import { localCompute } from "@preceptor/compute/local";
import * as db from "@preceptor/db";
import { composeId, DomainError } from "@preceptor/domain";
import { createSigner } from "@preceptor/services";
import { readStorageChoice, type ObjectStore } from "@preceptor/storage";
import { filesystemStore } from "@preceptor/storage/filesystem";
import { createLogger, createMetrics } from "@preceptor/telemetry";
import { createAuth } from "./auth.ts";
import { followChanges } from "./changes.ts";
import { readConfig } from "./config.ts";
import type { EdgeServices } from "./context.ts";
import { offerFirstAdministrator } from "./first-administrator.ts";
import { precompress } from "./precompress.ts";
import { buildServer } from "./server.ts";
import { readOrMakeSigningKey } from "./signing-key.ts";
import { registerRecipes, registerRecipesForAll } from "./welcome.ts";

const config = readConfig();
const log = createLogger({ name: "api", level: config.logLevel });
const connection = db.connect({ url: config.databaseUrl, applicationName: "preceptor-api" });
await db.refuseUnboundRole(connection.sql);
const auth = createAuth({
  db: connection.db,
  tables: {
    user: db.user,
    session: db.session,
    account: db.account,
    verification: db.verification,
    deviceCode: db.deviceCode,
  },
  secret: config.secret,
  publicUrl: config.publicUrl,
  trustedOrigins: config.trustedOrigins,
  warn: (message) => log.warn({}, message),
});
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
  const storage = readStorageChoice(config.inherited, `${config.dataDir}/storage`);
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
const local = localCompute({ workDir: config.workDir });
const services: EdgeServices = {
  db: connection.db,
  now: () => new Date(),
  newId: (noun) => composeId(noun, Date.now(), randomBytes(10)),
  log,
  store: await openStore(),
  signer: createSigner(readOrMakeSigningKey(config.signingKeyFile)),
  confirmPassword: auth.confirmPassword,
  hashPassword: auth.hashPassword,
  compute: computeProviders({ local: () => local, "azure-ml": azureMl }),
};
const changes = await followChanges((onPayload) => connection.sql.listen("changed", onPayload));
await registerRecipesForAll(services, config.recipesDir);
const firstAdministrator = await offerFirstAdministrator(services, config);
const server = await buildServer({
  ...config,
  services,
  auth,
  changes,
  metrics: createMetrics("api"),
  welcome: (organizationId) => registerRecipes(services, organizationId, config.recipesDir),
  isReady: () =>
    connection.sql`select 1`.then(
      () => true,
      () => false,
    ),
});
const address = await server.listen({ host: config.host, port: config.port });
log.info({ address }, "the API answers");
process.send?.({ type: "ready", address });
if (firstAdministrator !== null) process.send?.({ type: "first-admin", url: firstAdministrator });
void precompress(config.adminDist).catch((error: unknown) =>
  log.warn({ err: error }, "the web UI is sent without compression"),
);

let stopping: Promise<void> | undefined;
const stop = (): Promise<void> =>
  (stopping ??= (async () => {
    await server.close();
    await changes.close();
    await connection.end();
  })());
for (const signal of ["SIGTERM", "SIGINT"] as const)
  process.once(signal, () => void stop().finally(() => process.exit(0)));
process.once("disconnect", () => void stop().finally(() => process.exit(0)));
