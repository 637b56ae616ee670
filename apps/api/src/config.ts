import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { z } from "zod";

const root = resolve(import.meta.dirname, "../../..");
const port = z.coerce.number().int().min(0).max(65_535);

/** Every setting of this process; nothing else reads the environment. Folders are made absolute. */
const Environment = z.object({
  DATABASE_URL: z.string().min(1, "say which Postgres to use, as the application role"),
  PRECEPTOR_API_PORT: port.default(4600),
  PRECEPTOR_API_HOST: z.string().default("127.0.0.1"),
  PRECEPTOR_PUBLIC_URL: z.url().optional(),
  /** Addresses or ranges of the proxies in front, comma-separated: only they are believed about who called them. */
  PRECEPTOR_TRUSTED_PROXIES: z.string().default(""),
  /** More origins a browser may send requests from, comma-separated: a development server, another name of this one. */
  PRECEPTOR_TRUSTED_ORIGINS: z.string().default(""),
  /** `api`: where browsers do not reach the store, files that people save go through this process. */
  PRECEPTOR_DOWNLOADS: z.enum(["store", "api"]).default("store"),
  PRECEPTOR_SECRET: z.string().min(32, "use at least 32 characters of randomness"),
  PRECEPTOR_DATA_DIR: z.string().default(resolve(root, ".data")),
  PRECEPTOR_WORK_DIR: z.string().optional(),
  PRECEPTOR_SIGNING_KEY_FILE: z.string().optional(),
  PRECEPTOR_ADMIN_DIST: z.string().default(resolve(root, "apps/admin/dist")),
  PRECEPTOR_RECIPES_DIR: z.string().default(resolve(root, "packages/recipes")),
  PRECEPTOR_LOG_LEVEL: z.string().default("info"),
  PRECEPTOR_METRICS_TOKEN: z.string().min(16, "use at least 16 characters").optional(),
});

export type Config = ReturnType<typeof readConfig>;

/** Throws one sentence that names each variable at fault. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env) {
  const parsed = Environment.safeParse(environment);
  if (!parsed.success)
    throw new Error(parsed.error.issues.map((i) => `${i.path.join(".")}: ${i.message}`).join("; "));
  const env = parsed.data;
  const dataDir = resolve(env.PRECEPTOR_DATA_DIR);
  const publicUrl = new URL(
    env.PRECEPTOR_PUBLIC_URL ?? `http://${env.PRECEPTOR_API_HOST}:${env.PRECEPTOR_API_PORT}`,
  ).origin;
  return {
    databaseUrl: env.DATABASE_URL,
    host: env.PRECEPTOR_API_HOST,
    port: env.PRECEPTOR_API_PORT,
    trustedProxies: env.PRECEPTOR_TRUSTED_PROXIES.split(",")
      .map((range) => range.trim())
      .filter((range) => range !== ""),
    publicUrl,
    trustedOrigins: trustedOrigins(publicUrl, env.PRECEPTOR_TRUSTED_ORIGINS),
    downloads: env.PRECEPTOR_DOWNLOADS,
    secret: env.PRECEPTOR_SECRET,
    dataDir,
    workDir: resolve(env.PRECEPTOR_WORK_DIR ?? `${dataDir}/work`),
    signingKeyFile: resolve(env.PRECEPTOR_SIGNING_KEY_FILE ?? `${dataDir}/keys/server-ed25519.pem`),
    adminDist: resolve(env.PRECEPTOR_ADMIN_DIST),
    recipesDir: resolve(env.PRECEPTOR_RECIPES_DIR),
    logLevel: env.PRECEPTOR_LOG_LEVEL,
    metricsToken: env.PRECEPTOR_METRICS_TOKEN ?? null,
    /** For adapters with settings of their own, such as a cloud's credential or where objects are kept. */
    inherited: environment,
    /** What a new organization's compute target `local` offers. */
    localTarget: {
      maxNodes: 4,
      maxProcessesPerNode: Math.max(2, availableParallelism()),
      diskQuotaBytes: 20_000_000_000,
      logLimitBytes: 5_000_000,
    },
  };
}

/** On one machine `localhost` and `127.0.0.1` are the same place, and so is the development server of the web UI. */
function trustedOrigins(publicUrl: string, more: string): string[] {
  const origins = [publicUrl, ...more.split(",").map((o) => o.trim())].filter((o) => o !== "");
  const { hostname, port } = new URL(publicUrl);
  if (hostname === "127.0.0.1" || hostname === "localhost")
    for (const host of ["127.0.0.1", "localhost"])
      origins.push(`http://${host}:${port}`, `http://${host}:4610`);
  return [...new Set(origins)];
}
