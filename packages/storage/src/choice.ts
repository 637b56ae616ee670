import { resolve } from "node:path";
import { storeNames, type StoreName } from "./store.ts";

/** Which store a process uses, from its environment. */
export type StorageChoice =
  | { readonly kind: "filesystem"; readonly root: string }
  | {
      readonly kind: Exclude<StoreName, "filesystem">;
      readonly blobEndpoint: string;
      readonly container: string;
    };

type Environment = Readonly<Record<string, string | undefined>>;

/** The API and the worker must be told the same. Throws one sentence that names each variable at fault. */
export function readStorageChoice(env: Environment, defaultRoot?: string): StorageChoice {
  const asked = env["PRECEPTOR_STORAGE"] || "filesystem";
  const kind = storeNames.find((name) => name === asked);
  if (kind === undefined)
    throw new Error(`PRECEPTOR_STORAGE: the store is one of ${storeNames.join(", ")}.`);
  if (kind === "filesystem") {
    const root = env["PRECEPTOR_STORAGE_DIR"] || defaultRoot;
    if (root === undefined) throw missing(["PRECEPTOR_STORAGE_DIR"], kind);
    return { kind, root: resolve(root) };
  }
  const blobEndpoint = env["PRECEPTOR_STORAGE_ENDPOINT"] ?? "";
  const container = env["PRECEPTOR_STORAGE_CONTAINER"] ?? "";
  const absent = [
    ...(blobEndpoint === "" ? ["PRECEPTOR_STORAGE_ENDPOINT"] : []),
    ...(container === "" ? ["PRECEPTOR_STORAGE_CONTAINER"] : []),
  ];
  if (absent.length > 0) throw missing(absent, kind);
  // A signed address here would be kept, logged and shown: the process signs in with its own identity.
  const url = URL.parse(blobEndpoint);
  if (url === null || url.protocol !== "https:" || url.search !== "" || url.username !== "")
    throw new Error(
      "PRECEPTOR_STORAGE_ENDPOINT: it must be an https address without a signature, such as https://<account>.blob.core.windows.net.",
    );
  if (!isContainer(container)) throw new Error(`PRECEPTOR_STORAGE_CONTAINER: ${containerRule}`);
  return { kind, blobEndpoint: url.href.replace(/\/$/, ""), container };
}

/**
 * Where signed heads of the audit log are put, apart from everything else so that the place can be write-once; null where none is named:
 * PRECEPTOR_AUDIT_HEADS is a container of the account that the store is in, or a folder beside a store in the filesystem.
 */
export function readHeadsChoice(env: Environment, store: StorageChoice): StorageChoice | null {
  const named = env["PRECEPTOR_AUDIT_HEADS"] || null;
  if (named === null) return null;
  if (store.kind === "filesystem") return { kind: store.kind, root: resolve(named) };
  if (!isContainer(named)) throw new Error(`PRECEPTOR_AUDIT_HEADS: ${containerRule}`);
  if (named === store.container)
    throw new Error("PRECEPTOR_AUDIT_HEADS: it must be another container than the objects' own.");
  return { ...store, container: named };
}

const containerRule = "a container's name has 3 to 63 small letters, digits and single hyphens.";
const isContainer = (name: string): boolean =>
  /^[a-z0-9](?!.*--)[a-z0-9-]{1,61}[a-z0-9]$/.test(name);

const missing = (names: readonly string[], kind: string): Error =>
  new Error(`The store ${kind} needs ${names.join(", ")} in the environment.`);
