import { readFile, stat } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { faultsOf } from "@preceptor/domain";
import { isMap, isNode, isPair, isScalar, LineCounter, parseDocument, type Document } from "yaml";
import type { z } from "zod";
import { exitCode } from "../exit-code.ts";
import { CliError, type Fault } from "../failure.ts";
import { applySettings } from "./set.ts";

const MOST_BYTES = 1_000_000;

export interface YamlFile<T> {
  readonly value: T;
  /** Adds to each fault the line and column it has in the file. */
  locate(faults: readonly Fault[]): Fault[];
}

/** Reads a YAML file against a schema. Every fault says `file:line:column` and the field. */
export async function readYaml<S extends z.ZodType>(
  cwd: string,
  path: string,
  schema: S,
  settings: readonly string[] = [],
): Promise<YamlFile<z.output<S>>> {
  return checkedBy(schema, await readPlain(cwd, path, settings), basename(path));
}

export const parseYaml = <S extends z.ZodType>(
  text: string,
  name: string,
  schema: S,
  settings: readonly string[] = [],
): YamlFile<z.output<S>> => checkedBy(schema, parsePlain(text, name, settings), name);

/** What the file says, whatever it is: for who completes it before a schema sees it. */
export async function readPlain(
  cwd: string,
  path: string,
  settings: readonly string[] = [],
): Promise<YamlFile<unknown>> {
  return parsePlain(await textOf(resolve(cwd, path), path), basename(path), settings);
}

export function checkedBy<S extends z.ZodType>(
  schema: S,
  { value, locate }: YamlFile<unknown>,
  name: string,
): YamlFile<z.output<S>> {
  const result = schema.safeParse(value);
  if (result.success) return { value: result.data, locate };
  throw new CliError(exitCode.invalid, `${name} is not valid.`, locate(faultsOf(result.error)));
}

function parsePlain(text: string, name: string, settings: readonly string[]): YamlFile<unknown> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const position = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${name}:${line}:${col}`;
  };
  const broken = document.errors.map((error) => ({
    field: "",
    message: error.message,
    at: position(error.pos[0]),
  }));
  if (broken.length > 0) throw new CliError(exitCode.invalid, "The file is not YAML.", broken);
  applySettings(document, settings);
  const locate = (faults: readonly Fault[]): Fault[] =>
    faults.map((fault) => {
      const offset = offsetOf(document, fault.field.split("."));
      return { ...fault, at: offset === null ? name : position(offset) };
    });
  return { value: plain(document, name), locate };
}

async function textOf(path: string, shown: string): Promise<string> {
  try {
    if ((await stat(path)).size > MOST_BYTES)
      throw new CliError(
        exitCode.invalid,
        `${shown} is larger than 1 MB: that is no file for this.`,
      );
    return await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof CliError) throw error;
    throw new CliError(exitCode.invalid, `${shown} cannot be read. Check the path.`);
  }
}

function plain(document: Document, name: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch {
    throw new CliError(exitCode.invalid, `${name} repeats its aliases too often.`);
  }
}

/** Where a field stands, or the nearest thing around it that is in the file. */
function offsetOf(document: Document, path: readonly string[]): number | null {
  let at: unknown = document.contents;
  let offset = isNode(at) ? (at.range?.[0] ?? null) : null;
  for (const part of path) {
    if (isMap(at)) {
      const pair = at.items.find(({ key }) => isScalar(key) && String(key.value) === part);
      if (!isPair(pair)) break;
      if (isScalar(pair.key)) offset = pair.key.range?.[0] ?? offset;
      at = pair.value;
    } else {
      const item: unknown = document.getIn(
        path.slice(0, path.indexOf(part) + 1).map(indexed),
        true,
      );
      if (!isNode(item)) break;
      offset = item.range?.[0] ?? offset;
      at = item;
    }
  }
  return offset;
}
const indexed = (part: string): string | number => (/^\d+$/.test(part) ? Number(part) : part);
