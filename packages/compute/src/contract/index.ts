import { text } from "node:stream/consumers";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Handle } from "../provider.ts";
import { endKinds, observeOne, untilEnded, untilKind } from "./until.ts";
import type { ContractWorld } from "./world.ts";

export { behaviours, type Behaviour, type ContractWorld } from "./world.ts";
export { observeOne, until, untilEnded, untilKind } from "./until.ts";

/** Registers the promises of `ComputeProvider` as tests of one adapter; `makeWorld` is called once a test. */
export function computeContract(name: string, makeWorld: () => Promise<ContractWorld>): void {
  const enter = async (): Promise<ContractWorld> => {
    const world = await makeWorld();
    onTestFinished(() => world.close());
    return world;
  };

  describe(`compute contract: ${name}`, () => {
    test("a program that ends well has succeeded, and each of its processes tells code 0", async () => {
      const { provider, spec } = await enter();
      const handle = await provider.start("att_well", await spec("succeeds"));
      const seen = await untilEnded(provider, handle);
      expect(seen).toEqual({
        kind: "succeeded",
        processes: [{ rank: 0, node: 0, state: "exited", exitCode: 0 }],
      });
      // What has ended stays ended.
      expect(await observeOne(provider, handle)).toEqual(seen);
    });

    test("a program that ends with a code has failed with cause exit-code", async () => {
      const { provider, spec } = await enter();
      const handle = await provider.start("att_fails", await spec("fails"));
      expect(await untilEnded(provider, handle)).toMatchObject({
        kind: "failed",
        cause: "exit-code",
        processes: [{ exitCode: 3 }],
      });
    });

    test("starting an attempt again, also at the same time, is one attempt", async () => {
      const { provider, reopen, spec } = await enter();
      const other = await reopen();
      const job = await spec("succeeds");
      const [first, second] = await Promise.all([
        provider.start("att_twice", job),
        other.start("att_twice", job),
      ]);
      expect(second).toEqual(first);
      const ended = await untilEnded(provider, first);
      expect(await provider.start("att_twice", job)).toEqual(first);
      expect(await observeOne(provider, first)).toEqual(ended);
    });

    test("a handle is plain data, and an adapter that was restarted finds the attempt by it", async () => {
      const { provider, reopen, spec } = await enter();
      const handle = await provider.start("att_found", await spec("runs-on"));
      await untilKind(provider, handle, "running");
      const stored = JSON.parse(JSON.stringify(handle)) as Handle;
      expect(stored).toEqual(handle);
      const restarted = await reopen();
      // It may be unknown for a moment, and never over or gone.
      expect((await untilKind(restarted, stored, "running", ...endKinds)).kind).toBe("running");
      await restarted.cancel(stored);
      expect(await untilEnded(provider, handle)).toEqual({ kind: "cancelled" });
    });

    test("a cancel ends the attempt, and cancelling what is over or unknown succeeds", async () => {
      const { provider, spec } = await enter();
      const handle = await provider.start("att_stop", await spec("runs-on"));
      await provider.cancel(handle);
      expect(await untilEnded(provider, handle)).toEqual({ kind: "cancelled" });
      await provider.cancel(handle);
      await provider.cancel({ ...handle, attemptId: "att_never" });
      expect(await observeOne(provider, handle)).toEqual({ kind: "cancelled" });
    });

    test("a cancel that comes after the end does not change how it ended", async () => {
      const { provider, spec } = await enter();
      const handle = await provider.start("att_late", await spec("succeeds"));
      const ended = await untilEnded(provider, handle);
      await provider.cancel(handle);
      expect(await observeOne(provider, handle)).toEqual(ended);
    });

    test("a handle it does not know is gone, and observations come in the order asked", async () => {
      const { provider, spec } = await enter();
      const handle = await provider.start("att_known", await spec("succeeds"));
      await untilEnded(provider, handle);
      const unknown = { ...handle, attemptId: "att_never" };
      const seen = await provider.observe([unknown, handle, unknown]);
      expect(seen.map((o) => o.kind)).toEqual(["gone", "succeeded", "gone"]);
    });

    test("checkpoints and outputs are listed and read; a path that leaves the folder is refused", async () => {
      const { provider, spec } = await enter();
      const handle = await provider.start("att_produce", await spec("succeeds"));
      await untilEnded(provider, handle);
      const checkpoints = await provider.listProduced(handle, "checkpoints");
      expect(checkpoints.map((file) => file.path)).toEqual(["checkpoint-1/model.safetensors"]);
      const [output] = await provider.listProduced(handle, "outputs");
      expect(output?.path).toBe("model/config.json");
      const content = await text(
        await provider.readProduced(handle, "outputs", "model/config.json"),
      );
      expect(Buffer.byteLength(content)).toBe(output?.sizeBytes);
      for (const path of [
        "../spec.json",
        "/etc/hostname",
        "model/../../spec.json",
        "model",
        "none.txt",
      ])
        await expect(provider.readProduced(handle, "outputs", path)).rejects.toMatchObject({
          code: "not-found",
        });
    });

    test("a log is read piece by piece from an offset, and still after the attempt was released", async ({
      skip,
    }) => {
      const { provider, spec } = await enter();
      const { logs } = provider.capabilities;
      if (!logs) return skip("it has no logs");
      const handle = await provider.start("att_log", await spec("succeeds"));
      await untilEnded(provider, handle);
      await provider.release(handle);
      const [log] = await logs.list(handle);
      expect(log).toBe("node-0");
      const first = await logs.read(handle, "node-0", 0, 4);
      const rest = await logs.read(handle, "node-0", first.nextOffset, 1000);
      expect(first.text + rest.text).toContain("begun");
      expect(await logs.read(handle, "node-0", rest.nextOffset, 1000)).toEqual({
        text: "",
        nextOffset: rest.nextOffset,
        droppedBytes: 0,
        ended: true,
      });
    });

    test("a log keeps whole characters up to its limit, and says how much more was printed", async ({
      skip,
    }) => {
      const { provider, spec } = await enter();
      const { logs } = provider.capabilities;
      if (!logs) return skip("it has no logs");
      // A limit inside of a character.
      const handle = await provider.start(
        "att_prints",
        await spec("prints-much", { logLimitBytes: 1001 }),
      );
      expect(await untilEnded(provider, handle)).toMatchObject({ kind: "succeeded" });
      const printed = `${"é".repeat(59)}\n`.repeat(50);
      const read = await logs.read(handle, "node-0", 0, 100_000);
      const [kept = ""] = read.text.split("\n[preceptor] ");
      expect(printed.startsWith(kept)).toBe(true);
      expect(Buffer.byteLength(kept)).toBe(1000);
      expect(read.droppedBytes).toBe(Buffer.byteLength(printed) - 1000);
    });

    test("an attempt that writes more than its quota is ended for that, and nothing of it goes on", async () => {
      const { provider, spec } = await enter();
      const handle = await provider.start(
        "att_fills",
        await spec("fills-disk", { diskQuotaBytes: 200_000 }),
      );
      expect(await untilEnded(provider, handle)).toMatchObject({
        kind: "failed",
        cause: "disk-quota",
        message: expect.stringMatching(/300000 bytes.*200000 bytes/),
      });
    });

    test("releasing frees the files once and for all, and keeps how it ended", async () => {
      const { provider, spec } = await enter();
      const handle = await provider.start("att_free", await spec("succeeds"));
      const ended = await untilEnded(provider, handle);
      await provider.release(handle);
      await provider.release(handle);
      expect(await provider.listProduced(handle, "outputs")).toEqual([]);
      expect(await observeOne(provider, handle)).toEqual(ended);
    });

    test("its capacity counts what runs", async ({ skip }) => {
      const { provider, spec } = await enter();
      const { capacity } = provider.capabilities;
      if (!capacity) return skip("it has no capacity");
      const before = await capacity.capacity();
      expect(before.running).toBe(0);
      expect(Math.min(before.cpuCores, before.memoryBytes, before.freeDiskBytes)).toBeGreaterThan(
        0,
      );
      const handle = await provider.start("att_counted", await spec("runs-on"));
      await untilKind(provider, handle, "running");
      expect((await capacity.capacity()).running).toBe(1);
      await provider.cancel(handle);
      await untilEnded(provider, handle);
      expect((await capacity.capacity()).running).toBe(0);
    });
  });
}
