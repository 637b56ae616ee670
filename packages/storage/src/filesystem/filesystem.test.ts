import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import { storageContract } from "../contract/index.ts";
import { asDomainError } from "./fault.ts";
import { filesystemStore } from "./index.ts";

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "store-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

storageContract("filesystem", async () => filesystemStore({ root: await temporaryFolder() }));

it("follows no symbolic link planted in its root, to read or to write", async () => {
  const [root, outside] = [await temporaryFolder(), await temporaryFolder()];
  await writeFile(join(outside, "secret"), "secret");
  await mkdir(join(root, "org"));
  await symlink(outside, join(root, "org", "folder"));
  await symlink(join(outside, "secret"), join(root, "org", "file"));
  const store = filesystemStore({ root });

  for (const name of ["org/folder/secret", "org/file"])
    await expect(store.get(name)).rejects.toMatchObject({ code: "invalid" });
  await expect(store.put("org/folder/new/deep", Readable.from(["x"]))).rejects.toMatchObject({
    code: "invalid",
  });
  await expect(store.remove("org/folder/secret")).rejects.toMatchObject({ code: "invalid" });
  expect(await readdir(outside)).toEqual(["secret"]);
  for await (const object of store.list("")) expect.unreachable(object.name);
});

it("leaves no half-written file on the disk when an upload is cut", async () => {
  const root = await temporaryFolder();
  const store = filesystemStore({ root });
  const body = new Readable({ read() {} });
  body.push(Buffer.alloc(200_000));
  const put = store.put("cut", body);
  setImmediate(() => body.destroy());
  await expect(put).rejects.toMatchObject({ code: "invalid" });
  expect(await readdir(join(root, ".incoming"))).toEqual([]);
});

it("links to the very file", async () => {
  const store = filesystemStore({ root: await temporaryFolder() });
  await store.put("a b/ü", Readable.from(["bytes"]));
  expect(await readFile(fileURLToPath(await store.link("a b/ü", 1)), "utf8")).toBe("bytes");
});

it("says what to do when the disk is full", () => {
  const full = Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });
  expect(asDomainError(full)).toMatchObject({
    code: "unavailable",
    message: expect.stringContaining("Free space"),
  });
});
