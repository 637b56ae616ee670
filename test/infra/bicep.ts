import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { checkout } from "../architecture/source.ts";

/** As much of a Bicep file as can be read without its compiler: what it takes, gives and hands on. */
export type BicepFile = {
  path: string;
  text: string;
  params: ReadonlyMap<string, { required: boolean; secure: boolean }>;
  outputs: ReadonlySet<string>;
  modules: readonly BicepModule[];
  resourceTypes: readonly { type: string; version: string }[];
  /** What is declared at its top level, with its whole text. */
  statements: readonly { name: string; conditional: boolean; text: string }[];
};
export type BicepModule = { name: string; path: string; params: readonly string[] };

export const infra = join(checkout, "infra");

export function readBicep(): BicepFile[] {
  return globSync("{*.bicep,modules/*.bicep}", { cwd: infra }).toSorted().map(readFile);
}

export function readFile(path: string): BicepFile {
  return parse(path, readFileSync(join(infra, path), "utf8"));
}

export function parse(path: string, text: string): BicepFile {
  const code = text.replace(/(^|\s)\/\/.*$/gm, "$1");
  return {
    path,
    text: code,
    ...declarations(code),
    modules: modulesOf(path, code),
    statements: statementsOf(code),
  };
}

function declarations(code: string): Pick<BicepFile, "params" | "outputs" | "resourceTypes"> {
  const params = new Map<string, { required: boolean; secure: boolean }>();
  for (const [, decorators = "", name = "", rest = ""] of code.matchAll(
    /((?:^@.*\n)*)^param (\w+) \w+(.*)$/gm,
  ))
    params.set(name, {
      required: !rest.trimStart().startsWith("="),
      secure: decorators.includes("@secure()"),
    });
  const outputs = [...code.matchAll(/^output (\w+) /gm)].map(([, name = ""]) => name);
  const types = [...code.matchAll(/^resource \w+ '([\w./]+)@([\w-]+)'/gm)];
  const resourceTypes = types.map(([, type = "", version = ""]) => ({ type, version }));
  return { params, outputs: new Set(outputs), resourceTypes };
}

function modulesOf(path: string, code: string): BicepModule[] {
  return [...code.matchAll(/^module (\w+) '([^']+)' = /gm)].map((match) => {
    const body = blockFrom(code, code.indexOf("{", match.index));
    const params = body.indexOf("params: {");
    const handed = params < 0 ? "" : blockFrom(body, body.indexOf("{", params));
    const target = join(dirname(path), match[2] ?? "");
    return { name: match[1] ?? "", path: target, params: keysOf(handed) };
  });
}

/** A declaration begins at the start of a line; what follows it there only closes something. */
function statementsOf(code: string): BicepFile["statements"] {
  return code.split(/^(?=(?:param|var|module|resource|output) )/m).flatMap((text) => {
    const found = /^(?:param|var|module|resource|output) (\w+)/.exec(text);
    const conditional = /^(?:module|resource) .* = if \(/.test(text);
    return found ? [{ name: found[1] ?? "", conditional, text }] : [];
  });
}

/** The text from an opening brace to its own closing one. */
export function blockFrom(text: string, open: number): string {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === "{") depth++;
    if (text[at] === "}" && --depth === 0) return text.slice(open, at + 1);
  }
  throw new Error("A brace is never closed.");
}

/** The names on the first level of a block. */
function keysOf(block: string): string[] {
  const keys: string[] = [];
  let depth = 0;
  for (const line of block.split("\n")) {
    const key = /^\s*(\w+):/.exec(line)?.[1];
    if (key !== undefined && depth === 1) keys.push(key);
    depth += (line.match(/[{[(]/g) ?? []).length - (line.match(/[}\])]/g) ?? []).length;
  }
  return keys;
}

/** What does not fit between the files, in words. */
export function findMisfits(files: readonly BicepFile[]): string[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  return files.flatMap((file) =>
    file.modules.flatMap((module) => {
      const target = byPath.get(module.path);
      const at = `${file.path}: module ${module.name}`;
      if (target === undefined)
        return existsSync(join(infra, module.path)) ? [] : [`${at}: there is no ${module.path}`];
      const unknown = module.params.filter((name) => !target.params.has(name));
      const missing = [...target.params].filter(
        ([name, { required }]) => required && !module.params.includes(name),
      );
      const read = [...file.text.matchAll(new RegExp(`\\b${module.name}\\.outputs\\.(\\w+)`, "g"))];
      return [
        ...unknown.map((name) => `${at} gets ${name}, which ${module.path} does not take`),
        ...missing.map(([name]) => `${at} does not get ${name}`),
        ...read
          .filter(([, name = ""]) => !target.outputs.has(name))
          .map(([, name]) => `${at} has no output ${name}`),
      ];
    }),
  );
}

/** What of a file can only fail once it is deployed: waiting for what is not there, reading outputs of what was not made. */
export function findTraps(file: BicepFile): string[] {
  const declared = new Set(file.statements.map(({ name }) => name));
  const conditional = new Set(
    file.statements.filter((one) => one.conditional).map(({ name }) => name),
  );
  return file.statements.flatMap(({ name, text, conditional: mayBeLeftOut }) => {
    const waitedFor = [...text.matchAll(/dependsOn: \[([^\]]*)\]/g)].flatMap(
      ([, names = ""]) => names.match(/\w+/g) ?? [],
    );
    const read = [...text.matchAll(/\b(\w+)(?:\[\w+\])?\.outputs\./g)].map(([, from = ""]) => from);
    const guarded = mayBeLeftOut || text.includes(" ? ");
    return [
      ...waitedFor
        .filter((other) => !declared.has(other))
        .map((other) => `${file.path}: ${name} waits for ${other}, which is not there`),
      ...read
        .filter((from) => !declared.has(from))
        .map((from) => `${file.path}: ${name} reads outputs of ${from}, which is not there`),
      ...read
        .filter((from) => conditional.has(from) && !guarded)
        .map((from) => `${file.path}: ${name} reads outputs of ${from} even where it is not made`),
    ];
  });
}

/** What a file of parameters sets, by name. */
export const setIn = (text: string): string[] =>
  [...text.matchAll(/^param (\w+) =/gm)].map(([, name = ""]) => name);
