import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { offerSetUp } from "@preceptor/services";
import type { EdgeServices } from "./context.ts";

/** While nobody can sign in: a one-time link, in a file only the server's owner may read. null once somebody can. */
export async function offerFirstAdministrator(
  services: EdgeServices,
  { publicUrl, dataDir }: { publicUrl: string; dataDir: string },
): Promise<string | null> {
  const file = join(dataDir, "first-admin-link");
  rmSync(file, { force: true });
  const token = await offerSetUp(services);
  if (token === null) return null;
  const link = `${publicUrl}/setup?token=${token}`;
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(file, `${link}\n`, { mode: 0o600 });
  return link;
}
