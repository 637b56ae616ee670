import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, onTestFinished, test } from "vitest";
import { listProducedFiles, readProducedFile } from "./produced.ts";

test("links, and everything behind them, are neither listed nor read", async () => {
  const root = await mkdtemp(join(tmpdir(), "preceptor-produced-"));
  onTestFinished(() => rm(root, { recursive: true }));
  await mkdir(join(root, "outside"));
  await mkdir(join(root, "area", "model"), { recursive: true });
  await writeFile(join(root, "outside", "secret"), "secret");
  await writeFile(join(root, "area", "model", "config.json"), "{}");
  await writeFile(join(root, "area", "two\nlines"), "");
  await symlink(join(root, "outside", "secret"), join(root, "area", "file-link"));
  await symlink(join(root, "outside"), join(root, "area", "folder-link"));
  await symlink("model", join(root, "area", "inner-link"));

  await symlink(join(root, "outside"), join(root, "area-link"));

  expect(await listProducedFiles(join(root, "area-link"))).toEqual([]);
  await expect(readProducedFile(join(root, "area-link"), "secret")).rejects.toMatchObject({
    code: "not-found",
  });
  const listed = await listProducedFiles(join(root, "area"));
  expect(listed).toEqual([
    { path: "model/config.json", sizeBytes: 2, modifiedAtMs: expect.any(Number) },
  ]);
  expect(await text(await readProducedFile(join(root, "area"), "model/config.json"))).toBe("{}");
  for (const path of [
    "file-link",
    "folder-link/secret",
    "inner-link/config.json",
    "../outside/secret",
  ])
    await expect(readProducedFile(join(root, "area"), path)).rejects.toMatchObject({
      code: "not-found",
    });
});
