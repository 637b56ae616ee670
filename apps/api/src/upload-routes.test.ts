import { createHash } from "node:crypto";
import { connect } from "node:net";
import type { DatasetVersion, JobSpec } from "@preceptor/domain";
import { expect, test } from "vitest";
import { anEdge, anInvited, setUp } from "./testing/an-edge.ts";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const rows = Array.from({ length: 3 }, (_, i) => `{"subject":"p${i}","text":"synthetic"}\n`).join(
  "",
);
const permit = { deIdentification: "synthetic", statement: "made by a program", purposes: [] };

async function anUpload() {
  const edge = await anEdge();
  const ada = await anInvited(edge, await setUp(edge), "Ada", "engineer");
  const file = {
    path: "train.jsonl",
    split: "train",
    sha256: sha256(rows),
    sizeBytes: rows.length,
  };
  const begun = await ada.mutate<{ uploadId: string; missing: string[] }>("dataset.beginUpload", {
    name: "notes",
    permit,
    subjectField: "subject",
    files: [file],
  });
  const url = `${edge.url}/api/uploads/${begun.uploadId}/file?path=train.jsonl`;
  const put = (body: string, headers: Record<string, string> = ada.headers) =>
    fetch(url, { method: "PUT", headers, body });
  return { edge, ada, begun, url, put };
}

test("a dataset's file is streamed in, checked against what was said, and becomes a version", async () => {
  const { ada, begun, put } = await anUpload();
  expect(begun.missing).toEqual(["train.jsonl"]);
  expect((await put(rows, {})).status).toBe(401);
  const wrong = await put(rows.replace("synthetic", "synthetiC"));
  expect([wrong.status, await wrong.text()]).toEqual([422, expect.stringContaining("digest")]);
  const right = await put(rows);
  expect([right.status, await right.json()]).toEqual([200, expect.objectContaining({ rows: 3 })]);
  const version = await ada.mutate<DatasetVersion>("dataset.finishUpload", {
    uploadId: begun.uploadId,
  });
  expect(version).toMatchObject({ name: "notes", version: 1, splits: [{ rows: 3, subjects: 3 }] });
});

test("an upload cut in the middle leaves nothing, and sending it again succeeds", async () => {
  const { edge, ada, begun, url, put } = await anUpload();
  const { hostname, port, pathname, search } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on("error", () => {});
  const head = `PUT ${pathname}${search} HTTP/1.1\r\nhost: x\r\ncookie: ${ada.headers.cookie}\r\ncontent-length: ${rows.length}\r\n\r\n`;
  await new Promise<void>((sent) => socket.write(head + rows.slice(0, 20), () => sent()));
  const closed = new Promise((resolve) => socket.once("close", resolve));
  socket.destroy();
  await closed;
  await expect(
    ada.mutate("dataset.finishUpload", { uploadId: begun.uploadId }),
  ).rejects.toMatchObject({ status: expect.toSatisfy((s: number) => s >= 400 && s < 500) });
  expect((await put(rows)).status).toBe(200);
  expect((await fetch(`${edge.url}/health`)).status).toBe(200);
});

test("own code is kept by digest, and a query too long for an address may be posted", async () => {
  const { edge, ada } = await anUpload();
  const program = "print('synthetic')\n";
  const put = (digest: string) =>
    fetch(`${edge.url}/api/blobs/${digest}`, {
      method: "PUT",
      headers: ada.headers,
      body: program,
    });
  expect((await put(sha256(program))).status).toBe(200);
  expect((await put(sha256("another"))).status).toBe(422);
  expect((await put("../etc/passwd")).status).toBe(404);
  const spec: Partial<JobSpec> = { name: "mine", description: "x".repeat(20_000) };
  const posted = await fetch(`${edge.url}/api/trpc/job.validate`, {
    method: "POST",
    headers: { ...ada.headers, "content-type": "application/json" },
    body: JSON.stringify({ spec }),
  });
  const { result } = (await posted.json()) as {
    result: { data: { ok: boolean; issues: { field: string }[] } };
  };
  expect(result.data.ok).toBe(false);
  expect(result.data.issues.map((issue) => issue.field)).toContain("description");
});
