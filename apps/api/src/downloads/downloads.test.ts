import { createHash } from "node:crypto";
import type { DatasetVersion, FileDownload } from "@preceptor/domain";
import { expect, test } from "vitest";
import { anEdge, anInvited, setUp } from "../testing/an-edge.ts";

const text = "0123456789".repeat(1000);
const sha256 = createHash("sha256").update(text).digest("hex");

async function aFile() {
  const edge = await anEdge();
  const operator = await setUp(edge);
  const ada = await anInvited(edge, operator, "Ada", "engineer");
  const { uploadId } = await ada.mutate<{ uploadId: string }>("dataset.beginUpload", {
    name: "notes",
    permit: { deIdentification: "synthetic", statement: "made by a program", purposes: [] },
    files: [{ path: "train/page.html", split: "train", sha256, sizeBytes: text.length }],
  });
  const url = `${edge.url}/api/uploads/${uploadId}/file?path=train/page.html`;
  expect((await fetch(url, { method: "PUT", headers: ada.headers, body: text })).status).toBe(200);
  const { id } = await ada.mutate<DatasetVersion>("dataset.finishUpload", { uploadId });
  const input = { from: "dataset-version", id, path: "train/page.html" };
  const link = await ada.mutate<FileDownload>("download.link", input);
  const get = (headers: Record<string, string>, address = link.url) =>
    fetch(edge.url + address, { headers: { ...ada.headers, ...headers } });
  return { edge, operator, ada, input, link, get };
}

test("a file is saved and never shown, whole or from where it was cut", async () => {
  const { link, get } = await aFile();
  expect(link).toMatchObject({ fileName: "notes-1-train-page.html", sha256 });
  const whole = await get({});
  expect([whole.status, await whole.text()]).toEqual([200, text]);
  expect(Object.fromEntries(whole.headers)).toMatchObject({
    "content-disposition": 'attachment; filename="notes-1-train-page.html"',
    "content-type": "application/octet-stream",
    "content-security-policy": "sandbox; default-src 'none'",
    "content-length": "10000",
    "x-content-type-options": "nosniff",
    "cache-control": "private, no-store",
    "accept-ranges": "bytes",
  });
  const part = await get({ range: "bytes=9995-" });
  expect([part.status, part.headers.get("content-range"), await part.text()]).toEqual([
    206,
    "bytes 9995-9999/10000",
    "56789",
  ]);
  expect((await get({ range: "bytes=10000-" })).status).toBe(416);
  const other = await get({ range: "bytes=9995-", "if-range": '"another"' });
  expect([other.status, (await other.text()).length]).toEqual([200, 10_000]);
});

test("a link opens for its own person while they are signed in, for five minutes, and only as it was sealed", async () => {
  const { edge, operator, ada, input, link, get } = await aFile();
  expect((await fetch(edge.url + link.url)).status).toBe(401);
  const olga = await fetch(edge.url + link.url, { headers: operator.headers });
  expect([olga.status, await olga.text()]).toEqual([403, expect.stringContaining("somebody else")]);

  const [, sealed = ""] = link.url.split("/api/downloads/");
  const [body = "", tag = ""] = sealed.split(".");
  const grant = JSON.parse(Buffer.from(body, "base64url").toString());
  const forged = (change: object): string =>
    `/api/downloads/${Buffer.from(JSON.stringify({ ...grant, ...change })).toString("base64url")}.${tag}`;
  expect((await get({}, forged({ expiresAtMs: Date.now() + 1e9 }))).status).toBe(403);
  expect((await get({}, forged({ object: "org_x/blob/ab/abcd" }))).status).toBe(403);
  expect((await get({}, "/api/downloads/nothing")).status).toBe(403);
  const now = edge.services.now();
  Object.assign(edge.services, { now: () => new Date(now.getTime() + 5 * 60_000 + 1000) });
  expect((await get({})).status).toBe(403);

  const bob = await anInvited(edge, operator, "Bob", "board");
  await expect(bob.mutate("download.link", input)).rejects.toMatchObject({ status: 403 });
  await expect(
    ada.mutate("download.link", { ...input, path: "../../etc/passwd" }),
  ).rejects.toMatchObject({ status: 400 });
});
