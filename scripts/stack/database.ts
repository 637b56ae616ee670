import { ensureAppRole, ensureDatabase, migrate, startEmbedded } from "@preceptor/db";

export type StackDatabase = { appUrl: string; stop(): Promise<void> };

/** A migrated database: the embedded one, or the server that `databaseUrl` (its owner) names. */
export async function openDatabase(
  dataDir: string,
  databaseUrl: string | undefined,
): Promise<StackDatabase> {
  if (databaseUrl !== undefined) {
    const { appUrl } = await ensureAppRole(databaseUrl);
    await migrate(databaseUrl);
    return { appUrl, stop: async () => {} };
  }
  const server = await startEmbedded({ dataDir });
  try {
    const { ownerUrl, appUrl } = await ensureDatabase(server.adminUrl, "preceptor");
    await migrate(ownerUrl);
    return { appUrl, stop: () => server.stop() };
  } catch (error) {
    await server.stop();
    throw error;
  }
}
