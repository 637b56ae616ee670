import { prepareDatabase } from "@preceptor/db";
import { config } from "./config.ts";

try {
  const { databaseOwnerUrl, databaseUrl } = config;
  if (!databaseOwnerUrl || !databaseUrl)
    throw new Error(
      "Set DATABASE_OWNER_URL (owns the tables) and DATABASE_URL (the application role preceptor_app).",
    );
  await prepareDatabase(databaseOwnerUrl, databaseUrl);
  console.log("The database is ready for this version.");
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
