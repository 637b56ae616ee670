import { hostname } from "node:os";
import { resolve } from "node:path";

type Environment = Readonly<Record<string, string | undefined>>;

export interface Config {
  readonly databaseUrl: string;
  /** Where the local adapters keep attempts, deployments and Python environments. */
  readonly workDir: string;
  /** Ed25519, PKCS #8 in PEM. */
  readonly signingKeyFile: string;
  /** What the bearers of models served on this machine follow from; the gateway has the same. */
  readonly servingKeyFile: string;
  /** How a job reaches the API. */
  readonly publicUrl: string;
  readonly python: string | undefined;
  readonly logLevel: string;
  /** What a served model's process may inherit from; the adapter filters it. */
  readonly inherited: Environment;
  /** Whether served models end with this worker: set where it is the whole installation that stops. */
  readonly endServed: boolean;
  /** Told apart from other workers in a row's lease. */
  readonly owner: string;
}

/** Throws one sentence that names every variable that is missing. */
export function readConfig(environment: Environment = process.env): Config {
  const needed = [
    "DATABASE_URL",
    "PRECEPTOR_WORK_DIR",
    "PRECEPTOR_SIGNING_KEY_FILE",
    "PRECEPTOR_SERVING_KEY_FILE",
    "PRECEPTOR_PUBLIC_URL",
  ];
  const missing = needed.filter((name) => !environment[name]);
  if (missing.length > 0)
    throw new Error(`The worker needs ${missing.join(", ")} in its environment.`);
  return {
    databaseUrl: environment["DATABASE_URL"] ?? "",
    workDir: resolve(environment["PRECEPTOR_WORK_DIR"] ?? ""),
    signingKeyFile: resolve(environment["PRECEPTOR_SIGNING_KEY_FILE"] ?? ""),
    servingKeyFile: resolve(environment["PRECEPTOR_SERVING_KEY_FILE"] ?? ""),
    publicUrl: new URL(environment["PRECEPTOR_PUBLIC_URL"] ?? "").origin,
    python: environment["PRECEPTOR_PYTHON"] || undefined,
    logLevel: environment["PRECEPTOR_LOG_LEVEL"] || "info",
    inherited: environment,
    endServed: environment["PRECEPTOR_END_SERVED"] === "1",
    owner: `${hostname()}:${process.pid}`,
  };
}
