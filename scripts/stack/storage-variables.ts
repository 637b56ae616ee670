import { join } from "node:path";

/** Where files and signed audit heads are kept: below the data folder, unless the environment names another store with its own places. */
export const storageVariables = (
  dataDir: string,
  { PRECEPTOR_STORAGE: store }: { readonly PRECEPTOR_STORAGE?: string | undefined },
): Record<string, string> =>
  store === undefined || store === "" || store === "filesystem"
    ? {
        PRECEPTOR_STORAGE_DIR: join(dataDir, "storage"),
        PRECEPTOR_AUDIT_HEADS: join(dataDir, "audit-heads"),
      }
    : {};
