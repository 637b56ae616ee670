import type postgres from "postgres";

/**
 * Refuses to go on as a role that row-level security does not bind: one organization would read another's rows, and nothing else would
 * tell. Every process that serves requests or does work asks this once, before anything else.
 */
export async function refuseUnboundRole(sql: postgres.Sql): Promise<void> {
  const [role] = await sql<
    { name: string; superuser: boolean; bypasses: boolean; owns: boolean }[]
  >`
    select rolname as name, rolsuper as superuser, rolbypassrls as bypasses,
      exists (select from pg_class where relnamespace = 'public'::regnamespace
        and relrowsecurity and pg_has_role(current_user, relowner, 'member')) as owns
    from pg_roles where rolname = current_user`;
  const why = role?.superuser
    ? "is a superuser"
    : role?.bypasses
      ? "has BYPASSRLS"
      : role?.owns
        ? "owns the tables"
        : null;
  if (role === undefined || why === null) return;
  throw new Error(
    `DATABASE_URL signs in as ${role.name}, which ${why}: row-level security would not keep organizations apart. Use the application role that the migration made (preceptor_app).`,
  );
}
