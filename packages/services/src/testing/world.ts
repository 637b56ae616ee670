import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSigner, generateKeyPair } from "@preceptor/attest";
import { member, organization, user, type Database } from "@preceptor/db";
import { testDatabase } from "@preceptor/db/testing";
import { composeId, type Caller, type IdNoun, type Role } from "@preceptor/domain";
import { filesystemStore } from "@preceptor/storage/filesystem";
import { onTestFinished } from "vitest";
import type { ServiceContext } from "../context.ts";

export const newId = (noun: IdNoun): string => composeId(noun, Date.now(), randomBytes(10));
const quiet = { info() {}, warn() {}, error() {} };

/** A world of its own for one test: a cloned database, an organization, storage in a folder that goes with the test. */
export async function aWorld() {
  const database = await testDatabase();
  const root = mkdtempSync(join(tmpdir(), "preceptor-world-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const organizationId = newId("organization");
  await database.db
    .insert(organization)
    .values({ id: organizationId, name: "Meridian Hospital", slug: organizationId });
  const keys = generateKeyPair();
  const base = {
    db: database.db as Database,
    now: () => new Date(),
    newId,
    log: quiet,
    store: filesystemStore({ root }),
    signer: createSigner(keys.privateKeyPem),
    /** In a test world every member's password is `correct`. */
    confirmPassword: async (_userId: string, password: string) => password === "correct",
  };
  const as = (caller: Caller): ServiceContext => ({ ...base, caller });
  return {
    ...database,
    organizationId,
    root,
    /** For a process that is to trust what this world signed. */
    signingKeyPem: keys.privateKeyPem,
    /** A context of the worker. */
    system: as({ kind: "system", component: "worker", organizationId }),
    as,
    /** Makes a member with these roles and gives a context in which they ask. */
    async aMember(
      name: string,
      ...roles: Role[]
    ): Promise<ServiceContext & { caller: Extract<Caller, { kind: "member" }> }> {
      const userId = newId("user");
      await database.db
        .insert(user)
        .values({ id: userId, name, email: `${userId}@example.org`, emailVerified: true });
      await database.ownerDb
        .insert(member)
        .values({ id: newId("user"), organizationId, userId, role: roles.join(",") });
      return { ...base, caller: { kind: "member", userId, name, organizationId, roles } };
    },
  };
}
export type World = Awaited<ReturnType<typeof aWorld>>;
