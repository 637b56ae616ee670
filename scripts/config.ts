import { join, resolve } from "node:path";

export const root = resolve(import.meta.dirname, "..");

function port(variable: string, otherwise: number): number {
  const text = process.env[variable];
  const value = text === undefined || text === "" ? otherwise : Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= 65_535) return value;
  console.error(`${variable} is ${text}: set it to a port, a whole number from 1 to 65535.`);
  process.exit(1);
}

const [apiPort, gatewayPort] = [
  port("PRECEPTOR_API_PORT", 4600),
  port("PRECEPTOR_GATEWAY_PORT", 4700),
];
if (apiPort === gatewayPort) {
  console.error(
    `PRECEPTOR_API_PORT and PRECEPTOR_GATEWAY_PORT are both ${apiPort}: give each a port of its own.`,
  );
  process.exit(1);
}

/** What a developer may set; everything has a default that works on one machine. */
export const config = {
  dataDir: resolve(process.env.PRECEPTOR_DATA_DIR ?? join(root, ".data")),
  apiPort,
  gatewayPort,
  /** Owner of the database on a server of your own; without it an embedded Postgres runs in the data folder. */
  databaseUrl: process.env.DATABASE_URL,
  /** With it, `DATABASE_URL` is the application role's: where both are handed out apart, and only migrations see this one. */
  databaseOwnerUrl: process.env.DATABASE_OWNER_URL,
  logLevel: process.env.PRECEPTOR_LOG_LEVEL ?? "info",
  environment: process.env,
};
