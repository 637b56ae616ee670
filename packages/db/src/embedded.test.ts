import { mkdtempSync, rmSync, statSync, writeFileSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import postgres from "postgres";
import { startEmbedded } from "./embedded.ts";
import { runningServer } from "./embedded-pid.ts";
import { unprivilegedUser } from "./embedded-user.ts";

async function numbersIn(adminUrl: string): Promise<number[]> {
  const sql = postgres(adminUrl, { max: 1 });
  const rows = await sql`select value from kept`;
  await sql.end();
  return rows.map((row) => Number(row.value));
}

test(
  "a server is found again, survives kill -9 with its data and port, and ignores a reused pid",
  { timeout: 60_000 },
  async () => {
    const dataDir = mkdtempSync(join(tmpdir(), "preceptor-embedded-"));
    const first = await startEmbedded({ dataDir });
    onTestFinished(async () => {
      await first.stop();
      rmSync(dataDir, { recursive: true, force: true });
    });
    const sql = postgres(first.adminUrl, { max: 1, onnotice: () => {} });
    await sql`create table kept (value int)`;
    await sql`insert into kept values (7)`;
    await sql.end();

    const again = await startEmbedded({ dataDir });
    expect(again).toMatchObject({ found: true, pid: first.pid, port: first.port });

    process.kill(first.pid, "SIGKILL");
    await vi.waitUntil(() => runningServer(join(dataDir, "postgres", "data")) === undefined, {
      timeout: 10_000,
    });
    const revived = await startEmbedded({ dataDir });
    expect(revived).toMatchObject({ found: false, port: first.port });
    expect(await numbersIn(revived.adminUrl)).toEqual([7]);

    await revived.stop();
    const pidFile = join(dataDir, "postgres", "data", "postmaster.pid");
    writeFileSync(pidFile, `${process.pid}\n${join(dataDir, "postgres", "data")}\n0\n1\n`);
    const third = await startEmbedded({ dataDir });
    expect(await numbersIn(third.adminUrl)).toEqual([7]);
    expect(readFileSync(pidFile, "utf8").split("\n")[0]).toBe(String(third.pid));
    expect(statSync(join(dataDir, "postgres", "password")).mode & 0o077).toBe(0);
  },
);

test("root runs Postgres as `postgres` if there is one, else as `nobody`, else says what to do", () => {
  const root = "root:x:0:0:root:/root:/bin/bash\n";
  const nobody = "nobody:x:65534:65533:nobody:/nonexistent:/usr/sbin/nologin\n";
  expect(
    unprivilegedUser(`${root}${nobody}postgres:x:101:104::/var/lib/postgresql:/bin/bash\n`),
  ).toEqual({ uid: 101, gid: 104 });
  expect(unprivilegedUser(root + nobody)).toEqual({ uid: 65534, gid: 65533 });
  expect(() => unprivilegedUser(root)).toThrow("set DATABASE_URL");
});
