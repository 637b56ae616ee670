import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { checkout, withoutComments } from "../architecture/source.ts";
import { readFile } from "./bicep.ts";

export const programs = ["api", "worker", "gateway"] as const;
export type Program = (typeof programs)[number] | "migrations";

const VARIABLE = /\b(?:DATABASE|PRECEPTOR|AZURE)_[A-Z_]+\b/g;

/** The variables that a program's sources read. */
export function readBy(program: Program): ReadonlySet<string> {
  const files = {
    api: ["apps/api/src/config.ts", ...signIn(), "packages/storage/src/choice.ts"],
    worker: ["apps/worker/src/config.ts", ...signIn(), "packages/storage/src/choice.ts"],
    gateway: ["apps/gateway/src/config.ts", ...signIn()],
    migrations: ["scripts/config.ts"],
  }[program];
  const text = files.map((path) => withoutComments(readFileSync(join(checkout, path), "utf8")));
  return new Set(text.join("\n").match(VARIABLE));
}

/** The cloud's sign-in, which has settings of its own. */
const signIn = (): string[] =>
  globSync("packages/azure/src/*.ts", {
    cwd: checkout,
    exclude: (name) => name.includes(".test."),
  });

/**
 * What Bicep gives a program: its variables, what those are that it says outright, and the secrets of the vault that it
 * may read at run time.
 */
export function givenTo(program: Program): {
  variables: string[];
  values: Readonly<Record<string, string>>;
  secrets: string[];
} {
  const text =
    program === "migrations"
      ? readFile("modules/migrations.bicep").text
      : (readFile("modules/apps.bicep")
          .text.split(/^module /m)
          .find((part) => part.startsWith(`${program} `)) ?? "");
  const names = [...text.matchAll(/name: '([A-Z_]+)'/g)].map(([, name = ""]) => name);
  const secrets = [...text.matchAll(/secrets\/([a-z-]+)'/g)].map(([, name = ""]) => name);
  const said = [...text.matchAll(/name: '([A-Z_]+)'\s+value: '([^'$]+)'/g)];
  const values = Object.fromEntries(said.map(([, name = "", value = ""]) => [name, value]));
  return { variables: names, values, secrets: secrets.toSorted() };
}

export type Row = { identity: string; scope: string; role: string; why: string };

/** The table of modules/access.bicep. */
export function accessTable(): { roles: ReadonlyMap<string, string>; rows: Row[]; text: string } {
  const { text } = readFile("modules/access.bicep");
  const roles = [...text.matchAll(/^ {2}'?([\w ]+?)'?: '([0-9a-f-]{36})'$/gm)];
  const pattern = /\{ identity: '([^']+)', scope: '([^']+)', role: '([^']+)', why: '([^']+)' \}/g;
  const rows = [...text.matchAll(pattern)].map(
    ([, identity = "", scope = "", role = "", why = ""]) => ({ identity, scope, role, why }),
  );
  return { roles: new Map(roles.map(([, name = "", id = ""]) => [name, id])), rows, text };
}
