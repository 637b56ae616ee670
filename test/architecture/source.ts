import { globSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

export const checkout = resolve(import.meta.dirname, "../..");

export type Source = { path: string; text: string };
export type Import = { specifier: string; typeOnly: boolean };

/** Every source file of ours, by its path in the checkout. */
export function readSources(): Source[] {
  const patterns = ["{apps,packages}/*/src/**/*.{ts,tsx}", "{scripts,test}/**/*.{ts,mjs}"];
  const exclude = (name: string): boolean => name.includes("node_modules");
  return globSync(patterns, { cwd: checkout, exclude })
    .toSorted()
    .map((path) => ({ path, text: readFileSync(join(checkout, path), "utf8") }));
}

/** `packages/db/src/x.ts` is in room `db`, `test/e2e/y.ts` in room `test`. */
export function roomOf(path: string): string {
  const [top = "", second = ""] = path.split("/");
  return top === "apps" || top === "packages" ? second : top;
}

export const isTest = (path: string): boolean => /\.test\.tsx?$|\/(testing|contract)\//.test(path);

const STATEMENT = /^\s*(?:import|export)\s+(type\s+)?(?:[\w*\s{},$]*?\sfrom\s+)?["']([^"']+)["']/gm;
const CALL = /\bimport\(\s*["']([^"']+)["']\s*\)/g;

/** What a file imports, statically or not. `import { type A }` alone counts as a value import, as it does at run time. */
export function importsOf(text: string): Import[] {
  const code = withoutComments(text);
  const statements = [...code.matchAll(STATEMENT)].map(([, type, specifier = ""]) => ({
    specifier,
    typeOnly: type !== undefined,
  }));
  const calls = [...code.matchAll(CALL)].map(([, specifier = ""]) => ({
    specifier,
    typeOnly: false,
  }));
  return [...statements, ...calls];
}

/** The code without comments; line breaks stay. Good enough for our own sources, which hold no comment marks in strings but URLs. */
export function withoutComments(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ""))
    .replace(/(^|[\s;{}(,])\/\/.*$/gm, "$1");
}
