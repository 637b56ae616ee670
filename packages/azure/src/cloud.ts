import { readFileSync } from "node:fs";

/** The cloud's addresses: public Azure unless the environment names a sovereign or a private one. */
export interface AzureCloud {
  readonly resourceManager: string;
  readonly authority: string;
  /** Where a region keeps run history and its log links. */
  readonly runHistory: (region: string) => string;
  /** Whether a model's endpoint may be at this address, whatever an answer says. */
  readonly mayAnswer: (address: URL) => boolean;
  /** PEM, trusted beside the machine's own roots. */
  readonly certificateAuthority: string | null;
}

export type Environment = Readonly<Record<string, string | undefined>>;

const publicEndpoints = ".inference.ml.azure.com";

/**
 * Reads PRECEPTOR_AZURE_RESOURCE_MANAGER, PRECEPTOR_AZURE_AUTHORITY, PRECEPTOR_AZURE_RUN_HISTORY (with `{region}` where
 * the region belongs), PRECEPTOR_AZURE_ENDPOINT_HOSTS and PRECEPTOR_AZURE_CA_FILE. Anything but https throws: tokens travel there.
 */
export function readCloud(env: Environment): AzureCloud {
  const history = env.PRECEPTOR_AZURE_RUN_HISTORY ?? "https://{region}.api.azureml.ms";
  const runHistory = (region: string): string =>
    origin("PRECEPTOR_AZURE_RUN_HISTORY", history.replaceAll("{region}", region));
  runHistory("region");
  const authorityFile = env.PRECEPTOR_AZURE_CA_FILE;
  return {
    resourceManager: origin(
      "PRECEPTOR_AZURE_RESOURCE_MANAGER",
      env.PRECEPTOR_AZURE_RESOURCE_MANAGER ?? "https://management.azure.com",
    ),
    authority: origin(
      "PRECEPTOR_AZURE_AUTHORITY",
      env.PRECEPTOR_AZURE_AUTHORITY ?? "https://login.microsoftonline.com",
    ),
    runHistory,
    mayAnswer: oneOf(env.PRECEPTOR_AZURE_ENDPOINT_HOSTS || publicEndpoints),
    certificateAuthority:
      authorityFile === undefined || authorityFile === ""
        ? null
        : readFileSync(authorityFile, "utf8"),
  };
}

/** Hosts with commas between them; one that begins with a full stop stands for what ends in it, another for itself with its port. */
function oneOf(list: string): (address: URL) => boolean {
  const hosts = list.split(",").map((host) => host.trim().toLowerCase());
  if (hosts.some((host) => !/^\.?[a-z0-9][a-z0-9.-]*(:\d+)?$/.test(host)))
    throw new Error("PRECEPTOR_AZURE_ENDPOINT_HOSTS must be hosts with commas between them.");
  return ({ protocol, host, hostname, port, username }) =>
    protocol === "https:" &&
    username === "" &&
    hosts.some((one) =>
      one.startsWith(".") ? hostname.endsWith(one) && port === "" : host === one,
    );
}

function origin(variable: string, value: string): string {
  const url = URL.parse(value);
  if (url === null || url.protocol !== "https:")
    throw new Error(`${variable} must be an https address.`);
  if (url.username !== "" || url.pathname !== "/" || url.search !== "")
    throw new Error(`${variable} must be a scheme, a host and at most a port.`);
  return url.origin;
}
