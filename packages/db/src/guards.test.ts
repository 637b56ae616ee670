import { expect, test } from "vitest";
import { testDatabase } from "./testing/index.ts";

/** What belongs to a person and not to an organization, or to nobody: nothing of a tenant is in these. */
const ofNoTenant = [
  "account",
  "device_code",
  "organization",
  "rate_limit",
  "session",
  "user",
  "verification",
];

test("every other table is kept apart by organization: a row without the right one is neither seen nor written", async () => {
  const { sql, ownerSql } = await testDatabase();
  const tables = await ownerSql<{ name: string; guarded: boolean; policies: string[] }[]>`
    select relname as name, relrowsecurity as guarded,
      coalesce(array_agg(qual || ' / ' || with_check) filter (where policyname is not null), '{}') as policies
    from pg_class left join pg_policies on tablename = relname and schemaname = 'public' and 'preceptor_app' = any(roles)
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
    group by 1, 2 order by 1`;
  const open = tables.filter(({ guarded }) => !guarded).map(({ name }) => name);
  expect(open).toEqual(ofNoTenant);
  for (const { name, policies } of tables.filter(({ guarded }) => guarded)) {
    expect({ name, policies }).toEqual({
      name,
      policies: [
        expect.stringMatching(
          /^preceptor_sees\((organization|reference)_id\) \/ preceptor_sees\((organization|reference)_id\)$/,
        ),
      ],
    });
    expect(await sql`select from ${sql(name)}`).toHaveLength(0);
  }
});

test("a member, and a key, of another organization is not there", async () => {
  const { sql, ownerSql } = await testDatabase();
  await ownerSql`insert into organization (id, name, slug) values ('a', 'A', 'a'), ('b', 'B', 'b')`;
  await ownerSql`insert into "user" (id, name, email) values ('u', 'U', 'u@example.org')`;
  await ownerSql`insert into member (id, organization_id, user_id, role) values ('m', 'a', 'u', 'engineer')`;
  await ownerSql`insert into apikey (id, reference_id, key) values ('k', 'a', 'digest')`;
  const seenBy = (organization: string) =>
    sql.begin(async (tx) => {
      await tx`select set_config('preceptor.organization_id', ${organization}, true)`;
      const [members, keys] = [await tx`select from member`, await tx`select from apikey`];
      return [members.length, keys.length];
    });
  expect(await seenBy("a")).toEqual([1, 1]);
  expect(await seenBy("b")).toEqual([0, 0]);
});
