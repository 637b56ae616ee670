import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { X509Certificate } from "node:crypto";
import { throwAwayAuthority, type Certificate } from "@preceptor/storage/testing";
import { writeAtomically } from "./collection.ts";

export interface Tls {
  /** PEM of the throw-away authority. */
  readonly ca: string;
  readonly server: Certificate;
}

const dayMs = 24 * 60 * 60_000;

/** The same certificate after a restart, so that clients that trust it go on; a new authority when it is nearly over. */
export async function readTls(folder: string): Promise<Tls> {
  const file = join(folder, "tls.json");
  if (existsSync(file)) {
    const tls = JSON.parse(readFileSync(file, "utf8")) as Tls;
    const until = Date.parse(new X509Certificate(tls.server.cert).validTo);
    if (until - Date.now() > dayMs) return tls;
  }
  const { ca, issue } = await throwAwayAuthority();
  const tls: Tls = { ca, server: await issue(["127.0.0.1", "localhost"]) };
  keepTls(folder, tls);
  return tls;
}

export function keepTls(folder: string, tls: Tls): void {
  writeAtomically(join(folder, "tls.json"), JSON.stringify(tls), 0o600);
  writeAtomically(authorityFile(folder), tls.ca);
}

export const authorityFile = (folder: string): string => join(folder, "authority.pem");
