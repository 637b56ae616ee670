import { rooms } from "./rooms.ts";
import { importsOf, isTest, roomOf, withoutComments, type Source } from "./source.ts";

export type Violation = { path: string; rule: string; detail: string };
type Rule = (source: Source) => string[];

const LIMIT_LINES = 400;
const PORTS = /^@preceptor\/(compute|storage|serving)\/(?!contract$)/;

/** What a room must never know, by the name of a package or of a module of Node. */
const STRANGERS: Readonly<Record<string, RegExp>> = {
  domain: /^(?!zod(\/|$)|\.{1,2}\/)/,
  db: /^(fastify|@fastify\/|@trpc\/|react|better-auth)/,
  attest: /^(fastify|@trpc\/|drizzle-orm|postgres|react|node:https?$)/,
  tracking: /^(fastify|@trpc\/|react|node:https?$)/,
  services:
    /^(fastify|@fastify\/|@trpc\/|react|better-auth|node:(https?|timers|child_process)(\/|$))/,
  compute: /^(drizzle-orm|postgres|@trpc\/|fastify|react)/,
  storage: /^(drizzle-orm|postgres|@trpc\/|fastify|react)/,
  serving: /^(drizzle-orm|postgres|@trpc\/|fastify|react)/,
  worker: /^(fastify|@fastify\/|@trpc\/|react|drizzle-orm|postgres)/,
  gateway: /^(@trpc\/|react|drizzle-orm|postgres)/,
  admin: /^(node:|drizzle-orm|postgres|fastify)/,
  cli: /^(drizzle-orm|postgres|fastify)/,
};

const importsOnlyItsNeighbours: Rule = ({ path, text }) => {
  const room = rooms[roomOf(path)];
  if (room === undefined) return [`room ${roomOf(path)} is not in the table`];
  const starts = path.endsWith("/src/main.ts");
  return importsOf(text).flatMap(({ specifier, typeOnly }) => {
    const other = /^@preceptor\/([\w-]+)/.exec(specifier)?.[1];
    if (other === undefined || other === roomOf(path)) return [];
    const allowed = [
      ...room.imports,
      ...(starts || typeOnly ? (room.main ?? []) : []),
      ...(typeOnly ? (room.types ?? []) : []),
    ];
    return allowed.includes(other) ? [] : [`imports ${specifier}`];
  });
};

const knowsNoStranger: Rule = ({ path, text }) => {
  const strangers = STRANGERS[roomOf(path)];
  if (strangers === undefined) return [];
  return importsOf(text)
    .filter(({ specifier }) => strangers.test(specifier))
    .map(({ specifier }) => `imports ${specifier}`);
};

const takesAdaptersOnlyInMain: Rule = ({ path, text }) => {
  if (path.endsWith("/src/main.ts")) return [];
  return importsOf(text)
    .filter(({ specifier }) => PORTS.test(specifier))
    .map(({ specifier }) => `imports the adapter ${specifier}`);
};

const staysInItsRoom: Rule = ({ path, text }) => {
  const depth = path.split("/").length - (/^(apps|packages)\//.test(path) ? 3 : 2);
  return importsOf(text)
    .filter(({ specifier }) => (/^(\.\.\/)*/.exec(specifier)?.[0].length ?? 0) / 3 > depth)
    .map(({ specifier }) => `reaches out of its room with ${specifier}`);
};

/** A local adapter starts programs of this machine, which inherit a part of what it inherited itself. */
const MAY_READ_ENVIRONMENT = /(^|\/)(config\.ts|bootstrap\.mjs)$|^packages\/\w+\/src\/local\//;

const readsTheEnvironmentOnlyInConfig: Rule = ({ path, text }) =>
  MAY_READ_ENVIRONMENT.test(path) || !withoutComments(text).includes("process.env")
    ? []
    : ["reads process.env"];

/** Where all names of providers are listed, once: a list, or the type of a port's `name`. */
const LISTED = /Names = \[[^\]]*\] as const|readonly name: [^;]*;/g;

/** What starts a process wires its adapters, what a target's settings are is listed by provider, and a developer may type the fake's name. */
const MAY_NAME_VENDORS =
  /(^|\/)(azure[\w-]*|infra)\/|^apps\/(api|gateway|worker)\/src\/main\.ts$|^packages\/domain\/src\/(index|compute-target\/compute-target)\.ts$|^apps\/admin\/src\/features\/compute-target\/|^scripts\/(bootstrap\.mjs|fake-azure\.ts|demo\/place\.ts|bench\/[\w-]+\.ts)$/;

const namesNoVendor: Rule = ({ path, text }) => {
  if (MAY_NAME_VENDORS.test(path)) return [];
  return /azure/i.test(withoutComments(text).replace(LISTED, "")) ? ["says Azure"] : [];
};

const decidesWithoutClockOrChance: Rule = ({ path, text }) =>
  ["domain", "attest"].includes(roomOf(path)) &&
  /\bDate\.now\(|new Date\(\)|Math\.random\(|\bsetTimeout\(/.test(withoutComments(text))
    ? ["asks the clock or chance"]
    : [];

const staysShort: Rule = ({ text }) => {
  const lines = text.split("\n").length - 1;
  return lines > LIMIT_LINES ? [`has ${lines} lines`] : [];
};

/** Bytes leave the store by the retention verb alone: it knows what refers to them, and who is about to. */
const removesOnlyByRetention: Rule = ({ path, text }) =>
  !/^packages\/(services\/src\/retention|storage)\//.test(path) &&
  /\b(store|objects?)\.remove\(/i.test(withoutComments(text))
    ? ["removes from the store"]
    : [];

/** A skeleton is a div without a role, which may carry no name; Loading says what is on its way. */
const waitsByLoading: Rule = ({ path, text }) =>
  roomOf(path) === "admin" && !path.endsWith("/components/Loading.tsx") && /<Skeleton\b/.test(text)
    ? ["draws a bare Skeleton instead of Loading"]
    : [];

/** Rules for the product's code; a test may look at everything. */
const productRules = {
  importsOnlyItsNeighbours,
  knowsNoStranger,
  takesAdaptersOnlyInMain,
  readsTheEnvironmentOnlyInConfig,
  namesNoVendor,
  decidesWithoutClockOrChance,
  removesOnlyByRetention,
  waitsByLoading,
} satisfies Record<string, Rule>;
const everywhereRules = { staysInItsRoom, staysShort } satisfies Record<string, Rule>;

/** Whatever breaks the table of rooms or one of the folder rules. */
export function findViolations(sources: readonly Source[]): Violation[] {
  return sources.flatMap((source) => {
    const outside = isTest(source.path) || roomOf(source.path) === "test";
    const rules: Record<string, Rule> = outside
      ? everywhereRules
      : { ...productRules, ...everywhereRules };
    return Object.entries(rules).flatMap(([rule, check]) =>
      check(source).map((detail) => ({ path: source.path, rule, detail })),
    );
  });
}

export function medianLines(sources: readonly Source[]): number {
  const counts = sources.map(({ text }) => text.split("\n").length - 1).toSorted((a, b) => a - b);
  return counts[Math.floor(counts.length / 2)] ?? 0;
}
