import { join } from "node:path";
import { startAzurite, type Azurite } from "@preceptor/storage/testing";
import { keepTls, readTls, type Tls } from "./tls.ts";

/** A storage emulator that somebody else started and ends; several services may use it, each with containers of its own. */
export interface SharedStorage extends Pick<Azurite, "endpoint" | "account" | "accountKey"> {
  /** Its certificate is the service's as well: clients trust one authority. */
  readonly tls: Tls;
}

export interface Storage extends SharedStorage {
  close(): Promise<void>;
}

/** An emulator of its own in the folder, on the port clients know, unless it is given one. */
export async function openStorage(
  folder: string,
  port: number,
  shared: SharedStorage | undefined,
): Promise<Storage> {
  if (shared !== undefined) {
    keepTls(folder, shared.tls);
    return { ...shared, close: () => Promise.resolve() };
  }
  const tls = await readTls(folder);
  const azurite = await startAzurite({ folder: join(folder, "blobs"), tls: tls.server, port });
  const { endpoint, account, accountKey } = azurite;
  return { endpoint, account, accountKey, tls, close: () => azurite.close() };
}
