import { randomBytes } from "node:crypto";
import { azureOnDemand } from "@preceptor/azure/on-demand";
import { computeProviders } from "@preceptor/compute";
import { azureMlOnDemand } from "@preceptor/compute/azure-ml/on-demand";
import { localCompute } from "@preceptor/compute/local";
import * as db from "@preceptor/db";
import { composeId } from "@preceptor/domain";
import { createSigner } from "@preceptor/services";
import { behindTheEdge, readStorageChoice } from "@preceptor/storage";
import { azureBlobOnDemand } from "@preceptor/storage/azure-blob/on-demand";
import { openStore } from "@preceptor/storage/open";
import { createLogger, createMetrics } from "@preceptor/telemetry";
import { createAuth } from "./auth.ts";
import { followChanges } from "./changes.ts";
import { readConfig } from "./config.ts";
import type { EdgeServices } from "./context.ts";
import { attemptTokensOf } from "./attempt-routes.ts";
import { grantsOf } from "./downloads/grant.ts";
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
/** Signed in when the first adapter needs it: an installation without one starts without the SDK. */
const reach = azureOnDemand(config.inherited);
const local = localCompute({ workDir: config.workDir });
const store = await openStore(readStorageChoice(config.inherited, `${config.dataDir}/storage`), {
  "azure-blob": azureBlobOnDemand(reach),
});
const services: EdgeServices = {
  db: connection.db,
  now: () => new Date(),
  newId: (noun) => composeId(noun, Date.now(), randomBytes(10)),
  log,
  store: config.downloads === "api" ? behindTheEdge(store) : store,
  signer: createSigner(readOrMakeSigningKey(config.signingKeyFile)),
  confirmPassword: auth.confirmPassword,
  hashPassword: auth.hashPassword,
  compute: computeProviders({ local: () => local, "azure-ml": azureMlOnDemand(reach, log) }),
};
const changes = await followChanges((onPayload) => connection.sql.listen("changed", onPayload));
await registerRecipesForAll(services, config.recipesDir);
const firstAdministrator = await offerFirstAdministrator(services, config);
const server = await buildServer({
  ...config,
  services,
  auth,
  changes,
  grants: grantsOf(config.secret),
  attemptTokens: attemptTokensOf(config.secret),
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
