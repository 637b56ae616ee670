import type { Readable } from "node:stream";

export const storeNames = ["filesystem", "azure-blob"] as const;
export type StoreName = (typeof storeNames)[number];

export interface StoredObject {
  readonly name: string;
  readonly sizeBytes: number;
}
export interface PutOptions {
  /** Refused with `digest-mismatch` when the bytes say otherwise; nothing is kept then. */
  readonly sha256?: string;
  /** Refused with `invalid` when the stream ends early or goes on. */
  readonly sizeBytes?: number;
}
export interface SaveLink {
  readonly ttlMs: number;
  /** Letters, digits, dots, hyphens and underscores: it stands in a header as it is. */
  readonly fileName: string;
}
/**
 * Bytes by name. A name is a safe relative path (`org_…/blob/ab/abcd…`). Promises, each checked by the contract suite:
 * an object is seen whole or not at all; a name is never overwritten with other bytes (`already-exists`; the same bytes again succeed);
 * a name that escapes its root is `invalid`.
 */
export interface ObjectStore {
  readonly name: StoreName;
  put(
    name: string,
    body: Readable,
    options?: PutOptions,
  ): Promise<{ sha256: string; sizeBytes: number }>;
  /** `not-found` when there is none. `start` and `end` are byte offsets, `end` exclusive. */
  get(name: string, range?: { start: number; end?: number }): Promise<Readable>;
  /** null when there is none. */
  stat(name: string): Promise<StoredObject | null>;
  list(prefix: string): AsyncIterable<StoredObject>;
  /** Only the retention verb calls this. Succeeds when it is already gone. */
  remove(name: string): Promise<void>;
  /** A short-lived link a job reads the object through: `file:` on one machine, `https:` from a cloud store. */
  link(name: string, ttlMs: number): Promise<string>;
  /**
   * An address at which a browser saves this object under that name, until the time is over, and never shows it; null where the store has
   * no addresses a browser reaches. `not-found` when there is no such object.
   */
  saveLink(name: string, save: SaveLink): Promise<string | null>;
}

/** Where content-addressed bytes of an organization live. */
export const blobName = (organizationId: string, sha256: string): string =>
  `${organizationId}/blob/${sha256.slice(0, 2)}/${sha256}`;
