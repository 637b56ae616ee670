import { expect, test } from "vitest";
import { readSafetensors } from "./safetensors.ts";
import { checkpointRefusal, signatureOf, stepOf } from "./refuse.ts";

function file(header: unknown): Uint8Array {
  const json = new TextEncoder().encode(
    typeof header === "string" ? header : JSON.stringify(header),
  );
  const bytes = new Uint8Array(8 + json.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
  bytes.set(json, 8);
  return bytes;
}
const header = file({
  __metadata__: { format: "pt" },
  weight: { dtype: "F32", shape: [2, 3], data_offsets: [0, 24] },
  bias: { dtype: "BF16", shape: [3], data_offsets: [24, 30] },
});

test("a whole file gives its parameter count by type", () => {
  expect(readSafetensors(header, header.length + 30)).toEqual({
    kind: "whole",
    tensors: { parameters: 9, tensors: 2, dtypes: { F32: 6, BF16: 3 } },
  });
});

test.each([
  ["a file that ends inside its tensors is torn", header, header.length + 29, "torn"],
  ["a file that goes on after its tensors is torn", header, header.length + 31, "torn"],
  ["a file that ends inside its header is torn", header.subarray(0, 20), 20, "torn"],
  ["an empty file is torn", new Uint8Array(0), 0, "torn"],
  ["a header of a terabyte is invalid", Uint8Array.of(0, 0, 0, 0, 0, 1, 0, 0), 100, "invalid"],
  ["a header that is no JSON is invalid", file("{nonsense"), 17, "invalid"],
  [
    "a tensor whose bytes do not fit its shape is invalid",
    file({ w: { dtype: "F32", shape: [2], data_offsets: [0, 4] } }),
    68,
    "invalid",
  ],
])("%s", (_, bytes, size, kind) => {
  expect(readSafetensors(bytes, size).kind).toBe(kind);
});

test("pickles are refused by name, and a look that changed has another signature", () => {
  expect(
    checkpointRefusal(["model.safetensors", "optimizer.safetensors", "config.json"]),
  ).toBeNull();
  expect(checkpointRefusal(["model.safetensors", "deep/optimizer.pt"])).toContain(
    "deep/optimizer.pt",
  );
  expect([stepOf("checkpoint-40"), stepOf("model"), stepOf("checkpoint-4x")]).toEqual([
    40,
    null,
    null,
  ]);
  const one = { path: "a", sizeBytes: 1, modifiedAtMs: 5 };
  expect(signatureOf([one])).not.toBe(signatureOf([{ ...one, modifiedAtMs: 6 }]));
});
