import { z } from "zod";

const blankIsUnset = (value: unknown): unknown => (value === "" ? undefined : value);
const optional = <Schema extends z.ZodType>(schema: Schema) => z.preprocess(blankIsUnset, schema);

const Environment = z.object({
  DATABASE_URL: z.url({
    protocol: /^postgres(ql)?$/,
    error: "set it to the application role's address, postgres://user:password@host/database",
  }),
  PRECEPTOR_GATEWAY_PORT: optional(z.coerce.number().int().min(0).max(65_535).default(4700)),
  PRECEPTOR_GATEWAY_HOST: optional(z.string().default("127.0.0.1")),
  PRECEPTOR_SIGNING_PUBLIC_KEY_FILE: optional(z.string().optional()),
  PRECEPTOR_SIGNING_KEY_FILE: optional(z.string().optional()),
  /** What the bearers of models served on one machine follow from, as the worker has it. */
  PRECEPTOR_SERVING_KEY_FILE: optional(z.string().optional()),
  PRECEPTOR_LOG_LEVEL: optional(
    z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
  ),
  PRECEPTOR_METRICS_TOKEN: optional(z.string().min(16, "use at least 16 characters").optional()),
  /** Requests a key may make in a minute, at this process. */
  PRECEPTOR_GATEWAY_REQUESTS_PER_MINUTE: optional(z.coerce.number().int().positive().default(600)),
  /** Hosts a model may answer from, comma-separated; `.example.org` means every host below it. */
  PRECEPTOR_GATEWAY_ENDPOINT_HOSTS: optional(z.string().default("127.0.0.1")),
});

export interface GatewayConfig {
  readonly databaseUrl: string;
  readonly host: string;
  readonly port: number;
  readonly publicKeyFile: string;
  readonly servingKeyFile: string | null;
  readonly logLevel: string;
  readonly metricsToken: string | null;
  readonly requestsPerMinute: number;
  readonly endpointHosts: readonly string[];
  /** What a cloud's credential is read from, where one is named. */
  readonly inherited: Readonly<Record<string, string | undefined>>;
}

/** Throws one sentence that names the variable at fault and never its value. */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): GatewayConfig {
  const parsed = Environment.safeParse(environment);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Error(`${issue?.path.join(".")}: ${issue?.message}`);
  }
  const value = parsed.data;
  return {
    databaseUrl: value.DATABASE_URL,
    host: value.PRECEPTOR_GATEWAY_HOST,
    port: value.PRECEPTOR_GATEWAY_PORT,
    publicKeyFile:
      value.PRECEPTOR_SIGNING_PUBLIC_KEY_FILE ??
      value.PRECEPTOR_SIGNING_KEY_FILE?.replace(/\.pem$/, ".pub.pem") ??
      ".data/keys/server-ed25519.pub.pem",
    servingKeyFile: value.PRECEPTOR_SERVING_KEY_FILE ?? null,
    logLevel: value.PRECEPTOR_LOG_LEVEL,
    metricsToken: value.PRECEPTOR_METRICS_TOKEN ?? null,
    requestsPerMinute: value.PRECEPTOR_GATEWAY_REQUESTS_PER_MINUTE,
    inherited: environment,
    endpointHosts: value.PRECEPTOR_GATEWAY_ENDPOINT_HOSTS.split(",").map((host) => host.trim()),
  };
}
