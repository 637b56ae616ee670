import { join, resolve } from "node:path";

export const root = resolve(import.meta.dirname, "..");

/** What a developer may set; everything has a default that works on one machine. */
export const config = {
  dataDir: resolve(process.env.PRECEPTOR_DATA_DIR ?? join(root, ".data")),
  apiPort: Number(process.env.PRECEPTOR_API_PORT ?? 4600),
  gatewayPort: Number(process.env.PRECEPTOR_GATEWAY_PORT ?? 4700),
  /** Owner of the database on a server of your own; without it an embedded Postgres runs in the data folder. */
  databaseUrl: process.env.DATABASE_URL,
  /** With it, `DATABASE_URL` is the application role's: where both are handed out apart, and only migrations see this one. */
  databaseOwnerUrl: process.env.DATABASE_OWNER_URL,
  logLevel: process.env.PRECEPTOR_LOG_LEVEL ?? "info",
  environment: process.env,
};
