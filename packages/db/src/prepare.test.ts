import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { expect, onTestFinished, test } from "vitest";
import { startEmbedded } from "./embedded.ts";
import { prepareDatabase } from "./prepare.ts";

const owner = "cloud_owner";

/** A server as a cloud hands it over: our role may make roles and databases, and is no superuser. Its own, because roles belong to a server. */
async function cloudServer(): Promise<(user: string, password: string) => string> {
  const dataDir = mkdtempSync(join(tmpdir(), "preceptor-cloud-"));
  const server = await startEmbedded({ dataDir, durable: false });
  onTestFinished(async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });
  const admin = postgres(server.adminUrl, { max: 1, onnotice: () => {} });
  await admin.unsafe(`create role ${owner} login createdb createrole password 'first'`);
  await admin.end();
  return (user, password) => {
    const url = new URL(server.adminUrl);
    [url.username, url.password, url.pathname] = [user, encodeURIComponent(password), "/preceptor"];
    return url.href;
  };
}

const canRead = async (url: string): Promise<boolean> => {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  return sql`select count(*) from job`
    .then(
      () => true,
      () => false,
    )
    .finally(() => sql.end());
};

test("a server without our database becomes one that the apps can use, twice and with a new password", async () => {
  const at = await cloudServer();
  const app = at("preceptor_app", "it's / 1%");
  await prepareDatabase(at(owner, "first"), app);
  expect(await canRead(app)).toBe(true);
  const renewed = at("preceptor_app", "another one");
  await prepareDatabase(at(owner, "first"), renewed);
  expect([await canRead(app), await canRead(renewed)]).toEqual([false, true]);
});

test("another role than ours, or another database, is refused before anything is touched", async () => {
  const url = (user: string, database: string): string =>
    `postgres://${user}:x@127.0.0.1:1/${database}`;
  await expect(
    prepareDatabase(url(owner, "preceptor"), url("someone", "preceptor")),
  ).rejects.toThrow("preceptor_app");
  await expect(prepareDatabase(url(owner, "a"), url("preceptor_app", "b"))).rejects.toThrow(
    "same server and database",
  );
});
