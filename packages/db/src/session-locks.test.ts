import { expect, onTestFinished, test } from "vitest";
import { connect } from "./connect.ts";
import { sessionLocks } from "./session-locks.ts";
import { testDatabase } from "./testing/index.ts";

/** Locks of several processes over one database, and what ends a process's session as its death would. */
async function aDatabase() {
  const { url } = await testDatabase();
  const open = (name: string, space = 7) => {
    const { sql } = connect({ url, max: 1, applicationName: name });
    const locks = sessionLocks(sql, space);
    onTestFinished(() => locks.end());
    return locks;
  };
  const kill = async (name: string): Promise<void> => {
    const { sql, end } = connect({ url, max: 1 });
    await sql`select pg_terminate_backend(pid, 5000) from pg_stat_activity where application_name = ${name}`;
    await end();
  };
  return { open, kill };
}

test("one session holds a key, another takes it once the first ends or no longer wants it", async () => {
  const { open } = await aDatabase();
  const [one, other] = [open("one"), open("other")];
  expect(await one.hold(["a"])).toEqual(new Set(["a"]));
  expect(await one.hold(["a"])).toEqual(new Set(["a"]));
  expect(await other.hold(["a"])).toEqual(new Set());
  expect(await open("elsewhere", 8).hold(["a"])).toEqual(new Set(["a"]));
  await one.hold([]);
  expect(await other.hold(["a"])).toEqual(new Set(["a"]));
  expect(await one.hold(["a"])).toEqual(new Set());
  await other.end();
  expect(await one.hold(["a"])).toEqual(new Set(["a"]));
});

test("several keys are shared among those who begin together, one more a call", async () => {
  const { open } = await aDatabase();
  const [one, other] = [open("one"), open("other")];
  const wanted = ["a", "b", "c"];
  expect((await one.hold(wanted)).size).toBe(1);
  expect((await other.hold(wanted)).size).toBe(1);
  const all = [...(await one.hold(wanted)), ...(await other.hold(wanted))];
  expect(all.toSorted()).toEqual(wanted);
});

test("a session that ended under its owner's feet holds nothing, even when its owner comes back", async () => {
  const { open, kill } = await aDatabase();
  const [one, other] = [open("one"), open("other")];
  expect(await one.hold(["a", "b"])).toEqual(new Set(["a"]));
  await kill("one");
  expect(await other.hold(["a"])).toEqual(new Set(["a"]));
  // The first call after it may be the one that finds the connection gone.
  const back = await one.hold(["a", "b"]).catch(() => one.hold(["a", "b"]));
  expect(back).toEqual(new Set(["b"]));
});
