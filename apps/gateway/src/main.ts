import { readFile } from "node:fs/promises";
import { createServingTokens, createVerifier, type Verifier } from "@preceptor/attest";
import { connect, refuseUnboundRole } from "@preceptor/db";
import { createLogger, createMetrics } from "@preceptor/telemetry";
import type { GatewayIdentity } from "./bearer/bearers.ts";
import { readConfig, type GatewayConfig } from "./config.ts";
import { buildGateway, type GatewayDeps } from "./server.ts";

const DRAIN_MS = 4500;

async function start(): Promise<void> {
  const config = readConfig();
  const log = createLogger({ name: "gateway", level: config.logLevel });
  const trustedKeys = await trustedKeysIn(config.publicKeyFile);
  const { db, sql, end } = connect({
    url: config.databaseUrl,
    max: 5,
    applicationName: "preceptor-gateway",
  });
  await refuseUnboundRole(sql);
  const app = await buildGateway({
    db,
    log,
    trustedKeys,
    metrics: createMetrics("gateway"),
    metricsToken: config.metricsToken,
    endpointHosts: config.endpointHosts,
    requestsPerMinute: config.requestsPerMinute,
    ...(await servingTokenIn(config.servingKeyFile)),
    ...(await identityIn(config.inherited)),
    listen: (onChanged) => sql.listen("routes", onChanged),
  });

  let closing = false;
  const close = async (): Promise<void> => {
    if (closing) return;
    closing = true;
    // Answers under way get their time; what is left after it is cut, so that the process ends within five seconds.
    const cut = setTimeout(() => app.server.closeAllConnections(), DRAIN_MS);
    await app.close();
    clearTimeout(cut);
    await Promise.race([end(), new Promise((resolve) => setTimeout(resolve, 500))]);
    process.exit(0);
  };
  process.on("SIGTERM", () => void close());
  process.on("SIGINT", () => void close());
  const address = await app.listen({ host: config.host, port: config.port });
  process.send?.({ type: "ready", address });
}

/** The gateway's own identity, for endpoints that take Entra tokens and for the keys of those that do not. The SDK is loaded only where one is named. */
async function identityIn(
  environment: GatewayConfig["inherited"],
): Promise<Pick<GatewayDeps, "identity">> {
  if (!environment["PRECEPTOR_AZURE_CREDENTIAL"]) return {};
  const { connectAzure, endpointKeyFor, endpointScope } = await import("@preceptor/azure");
  const connection = connectAzure(environment);
  const { cloud, credential } = connection;
  const tokenFor = async (scope: string): Promise<string> => {
    const token = await credential.getToken(scope);
    if (token === null) throw new Error("no token was given");
    return token.token;
  };
  const { certificateAuthority } = cloud;
  const keyFor: GatewayIdentity["keyFor"] = (place, address) =>
    endpointKeyFor(connection, place, address);
  return { identity: { scopes: [endpointScope], tokenFor, keyFor, certificateAuthority } };
}

/** For models of this machine; without the key they are refused, and all others answer. */
async function servingTokenIn(file: string | null): Promise<Pick<GatewayDeps, "servingToken">> {
  if (file === null) return {};
  const key = await readFile(file, "utf8").catch((error: unknown) => {
    throw new Error(
      `the serving key is not at ${file}. Set PRECEPTOR_SERVING_KEY_FILE to the worker's, or leave it out where no model is served on this machine.`,
      { cause: error },
    );
  });
  return { servingToken: createServingTokens(key) };
}

async function trustedKeysIn(file: string): Promise<Verifier> {
  const pem = await readFile(file, "utf8").catch((error: unknown) => {
    throw new Error(
      `the server's public key is not at ${file}. Set PRECEPTOR_SIGNING_PUBLIC_KEY_FILE to the public half of the signing key.`,
      { cause: error },
    );
  });
  return createVerifier([pem]);
}

start().catch((error: unknown) => {
  process.stderr.write(`gateway: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
