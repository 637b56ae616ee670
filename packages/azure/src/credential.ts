import {
  AzureCliCredential,
  AzureDeveloperCliCredential,
  AzurePowerShellCredential,
  ChainedTokenCredential,
  ClientSecretCredential,
  ManagedIdentityCredential,
  WorkloadIdentityCredential,
  type TokenCredential,
} from "@azure/identity";
import type { AzureCloud, Environment } from "./cloud.ts";
import { tlsOf } from "./transport/tls.ts";

const kinds = ["workload-identity", "managed-identity", "client-secret", "developer"] as const;
type CredentialKind = (typeof kinds)[number];

/**
 * The one identity this process has towards Azure. PRECEPTOR_AZURE_CREDENTIAL says which kind; it is never guessed, so
 * that a server does not silently run as the person who once signed in on it.
 */
export function readCredential(env: Environment, cloud: AzureCloud): TokenCredential {
  const kind = env.PRECEPTOR_AZURE_CREDENTIAL;
  if (kind === undefined || !isKind(kind))
    throw new Error(`PRECEPTOR_AZURE_CREDENTIAL must be one of ${kinds.join(", ")}.`);
  return credentials[kind](env, cloud);
}

const isKind = (value: string): value is CredentialKind => kinds.some((kind) => kind === value);

const credentials: Record<
  CredentialKind,
  (env: Environment, cloud: AzureCloud) => TokenCredential
> = {
  "workload-identity": (env, cloud) =>
    new WorkloadIdentityCredential({
      tenantId: need(env, "AZURE_TENANT_ID"),
      clientId: need(env, "AZURE_CLIENT_ID"),
      tokenFilePath: need(env, "AZURE_FEDERATED_TOKEN_FILE"),
      ...authorityOf(cloud),
    }),
  "managed-identity": (env) => {
    const clientId = env.AZURE_CLIENT_ID;
    return clientId === undefined || clientId === ""
      ? new ManagedIdentityCredential()
      : new ManagedIdentityCredential({ clientId });
  },
  "client-secret": (env, cloud) =>
    new ClientSecretCredential(
      need(env, "AZURE_TENANT_ID"),
      need(env, "AZURE_CLIENT_ID"),
      need(env, "AZURE_CLIENT_SECRET"),
      authorityOf(cloud),
    ),
  developer: (env) => {
    const tenant = env.AZURE_TENANT_ID;
    const options = tenant === undefined || tenant === "" ? {} : { tenantId: tenant };
    return new ChainedTokenCredential(
      new AzureCliCredential(options),
      new AzureDeveloperCliCredential(options),
      new AzurePowerShellCredential(options),
    );
  },
};

/** Instance discovery always asks the public cloud: an authority of one's own is taken at its word instead. */
function authorityOf(cloud: AzureCloud) {
  const own = !publicAuthorities.has(cloud.authority);
  const tlsOptions = tlsOf(cloud);
  return {
    authorityHost: cloud.authority,
    disableInstanceDiscovery: own,
    ...(tlsOptions === undefined ? {} : { tlsOptions }),
  };
}

const publicAuthorities = new Set([
  "https://login.microsoftonline.com",
  "https://login.microsoftonline.us",
  "https://login.chinacloudapi.cn",
]);

function need(env: Environment, name: string): string {
  const value = env[name];
  if (value === undefined || value === "") throw new Error(`${name} must be set.`);
  return value;
}
