import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Documents of one noun, in memory and, one file each, on disk: what was put is there after a kill. */
export interface Collection<T extends { readonly id: string }> {
  get(id: string): T | undefined;
  put(document: T): void;
  delete(id: string): boolean;
  all(): T[];
}

export function openCollection<T extends { readonly id: string }>(folder: string): Collection<T> {
  mkdirSync(folder, { recursive: true });
  const documents = new Map<string, T>();
  for (const name of readdirSync(folder).toSorted())
    if (name.endsWith(".json")) {
      const document = JSON.parse(readFileSync(join(folder, name), "utf8")) as T;
      documents.set(document.id, document);
    }
  const fileOf = (id: string): string => join(folder, `${encodeURIComponent(id)}.json`);
  return {
    get: (id) => documents.get(id),
    put(document) {
      writeAtomically(fileOf(document.id), JSON.stringify(document));
      documents.set(document.id, document);
    },
    delete(id) {
      rmSync(fileOf(id), { force: true });
      return documents.delete(id);
    },
    all: () => [...documents.values()],
  };
}

export function writeAtomically(path: string, text: string, mode = 0o644): void {
  const draft = `${path}.draft`;
  writeFileSync(draft, text, { mode });
  renameSync(draft, path);
}
