import { organization } from "@preceptor/db";
import type { ServiceContext } from "../context.ts";

/** Ids of every organization: for what the server does for each of them when it starts. */
export async function listOrganizationIds({ db }: Pick<ServiceContext, "db">): Promise<string[]> {
  const rows = await db.select({ id: organization.id }).from(organization);
  return rows.map(({ id }) => id);
}
