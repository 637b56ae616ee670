import { pino, type DestinationStream, type Logger } from "pino";

export type { Logger };

/** Whatever an object that holds a secret or a person's text may be called; at the top and one level down. */
const HIDDEN = [
  "password",
  "token",
  "secret",
  "authorization",
  "cookie",
  "apiKey",
  "privateKey",
  "prompt",
  "messages",
  "text",
  "note",
];
const PATHS = HIDDEN.flatMap((name) => [name, `*.${name}`]);
const HEADERS = [
  "req.headers.authorization",
  "req.headers.cookie",
  'req.headers["x-api-key"]',
  'res.headers["set-cookie"]',
];

export type LoggerOptions = { name: string; level: string };

/** One JSON entry a line on standard output; times in UTC, secrets and patient text never. */
export function createLogger(
  { name, level }: LoggerOptions,
  destination?: DestinationStream,
): Logger {
  const options = {
    name,
    level,
    base: { name, pid: process.pid },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    redact: { paths: [...PATHS, ...HEADERS], censor: "[hidden]" },
  };
  return destination ? pino(options, destination) : pino(options);
}
