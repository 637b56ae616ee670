import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import type { ObjectStore } from "../store.ts";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const body = (text: string): Readable => Readable.from([Buffer.from(text)]);
const text = async (stream: Readable): Promise<string> => (await buffer(stream)).toString();

async function names(store: ObjectStore, prefix: string): Promise<string[]> {
  const found: string[] = [];
  for await (const object of store.list(prefix)) found.push(object.name);
  return found;
}

/** Every adapter runs this. `makeStore` gives an empty store and takes it away when the test ends. */
export function storageContract(name: string, makeStore: () => Promise<ObjectStore>): void {
  describe(`storage contract: ${name}`, () => {
    it("gives back the bytes put, whole and by range, with their size and digest", async () => {
      const store = await makeStore();
      const put = await store.put("org_a/blob/ab/one", body("0123456789"));
      expect(put).toEqual({ sha256: sha256("0123456789"), sizeBytes: 10 });
      expect(await text(await store.get("org_a/blob/ab/one"))).toBe("0123456789");
      expect(await text(await store.get("org_a/blob/ab/one", { start: 2, end: 5 }))).toBe("234");
      expect(await text(await store.get("org_a/blob/ab/one", { start: 7 }))).toBe("789");
      expect(await text(await store.get("org_a/blob/ab/one", { start: 3, end: 3 }))).toBe("");
      expect(await text(await store.get("org_a/blob/ab/one", { start: 8, end: 99 }))).toBe("89");
      expect(await text(await store.get("org_a/blob/ab/one", { start: 10 }))).toBe("");
      await expect(store.get("org_a/blob/ab/one", { start: 5, end: 4 })).rejects.toMatchObject({
        code: "invalid",
      });
      expect(await store.stat("org_a/blob/ab/one")).toEqual({
        name: "org_a/blob/ab/one",
        sizeBytes: 10,
      });
    });

    it("takes a name as it is, whatever it would mean in an address", async () => {
      const store = await makeStore();
      const odd = ["a b/ü", "a+b", "a%20b", "a?b=c&d", "a#b"].sort();
      for (const name of odd) await store.put(name, body(name));
      expect(await names(store, "")).toEqual(odd);
      for (const name of odd) expect(await text(await store.get(name))).toBe(name);
    });

    it("holds an object of no bytes", async () => {
      const store = await makeStore();
      await store.put("empty", Readable.from([]));
      expect(await store.stat("empty")).toEqual({ name: "empty", sizeBytes: 0 });
      expect(await text(await store.get("empty"))).toBe("");
    });

    it("never overwrites: the same bytes again succeed, other bytes are refused", async () => {
      const store = await makeStore();
      await store.put("a", body("first"));
      await expect(store.put("a", body("first"))).resolves.toMatchObject({ sizeBytes: 5 });
      await expect(store.put("a", body("other"))).rejects.toMatchObject({ code: "already-exists" });
      expect(await text(await store.get("a"))).toBe("first");
    });

    it("lets one of many writers of a name win, and shows only its bytes", async () => {
      const store = await makeStore();
      const outcomes = await Promise.allSettled(
        [..."abcdefgh"].map((letter) => store.put("raced", body(letter.repeat(50_000)))),
      );
      expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);
      expect(await text(await store.get("raced"))).toMatch(/^(.)\1{49999}$/);
    });

    it.each([
      ["bytes that are not what was said", { sha256: sha256("else") }, "digest-mismatch"],
      ["a stream that ends early", { sizeBytes: 6 }, "invalid"],
      ["a stream that goes on", { sizeBytes: 4 }, "invalid"],
    ])("refuses %s and keeps nothing", async (_, options, code) => {
      const store = await makeStore();
      await expect(store.put("b", body("hello"), options)).rejects.toMatchObject({ code });
      expect(await store.stat("b")).toBeNull();
      expect(await names(store, "")).toEqual([]);
    });

    it("keeps nothing of an upload cut in the middle, and takes it whole afterwards", async () => {
      const store = await makeStore();
      const cut = Readable.from(
        (async function* () {
          yield Buffer.alloc(100_000, "x");
          throw new Error("socket hang up");
        })(),
      );
      await expect(store.put("c", cut)).rejects.toMatchObject({ code: "invalid" });
      expect(await names(store, "")).toEqual([]);
      await store.put("c", body("whole"));
      expect(await text(await store.get("c"))).toBe("whole");
    });

    it.each([
      ["../outside"],
      ["a/../../outside"],
      ["/etc/passwd"],
      ["a\\b"],
      ["a//b"],
      ["a/./b"],
      ["C:/x"],
      ["a\0b"],
      [""],
    ])("refuses the name %j everywhere", async (bad) => {
      const store = await makeStore();
      await expect(store.put(bad, body("x"))).rejects.toMatchObject({ code: "invalid" });
      await expect(store.get(bad)).rejects.toMatchObject({ code: "invalid" });
      await expect(store.stat(bad)).rejects.toMatchObject({ code: "invalid" });
      await expect(store.remove(bad)).rejects.toMatchObject({ code: "invalid" });
      await expect(store.link(bad, 1000)).rejects.toMatchObject({ code: "invalid" });
    });

    it("says not-found for an object it does not have", async () => {
      const store = await makeStore();
      await expect(store.get("none/at/all")).rejects.toMatchObject({ code: "not-found" });
      await expect(store.link("none/at/all", 1000)).rejects.toMatchObject({ code: "not-found" });
      expect(await store.stat("none/at/all")).toBeNull();
    });

    it("lists what begins with a prefix, in order of name", async () => {
      const store = await makeStore();
      for (const each of ["a/b/2", "a/b/1", "a/c", "a/b-x", "other"])
        await store.put(each, body(each));
      expect(await names(store, "a/b")).toEqual(["a/b-x", "a/b/1", "a/b/2"]);
      expect(await names(store, "a/b/")).toEqual(["a/b/1", "a/b/2"]);
      expect(await names(store, "nothing/")).toEqual([]);
      expect(await names(store, "")).toEqual(["a/b-x", "a/b/1", "a/b/2", "a/c", "other"]);
    });

    it("removes an object, and succeeds when it is already gone", async () => {
      const store = await makeStore();
      await store.put("gone", body("x"));
      await store.remove("gone");
      await store.remove("gone");
      expect(await store.stat("gone")).toBeNull();
    });

    it("lets a browser save an object under a plain name only, or says that no browser reaches it", async () => {
      const store = await makeStore();
      await store.put("saved", body("x"));
      const save = { ttlMs: 60_000, fileName: "notes-1-a.jsonl" };
      const link = await store.saveLink("saved", save);
      expect(link === null ? "https:" : new URL(link).protocol).toMatch(/^https?:$/);
      await expect(store.saveLink("none", save)).rejects.toMatchObject({ code: "not-found" });
      for (const fileName of ['a"; filename="b', "a\r\nx: y", "../a", ".hidden", "a/b", ""])
        await expect(store.saveLink("saved", { ...save, fileName })).rejects.toMatchObject({
          code: "invalid",
        });
    });

    it("gives a link to the object with a scheme a job can read", async () => {
      const store = await makeStore();
      await store.put("linked", body("x"));
      expect(new URL(await store.link("linked", 60_000)).protocol).toMatch(/^(file|https?):$/);
    });
  });
}
