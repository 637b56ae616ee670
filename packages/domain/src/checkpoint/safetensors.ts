import { z } from "zod";
import type { TensorSummary } from "./checkpoint.ts";

/** The format's own limit on its header, in bytes. https://huggingface.co/docs/safetensors */
export const longestHeaderBytes = 100_000_000;

const bitsOf: Readonly<Record<string, number>> = {
  BOOL: 8,
  U8: 8,
  I8: 8,
  F8_E4M3: 8,
  F8_E5M2: 8,
  F8_E8M0: 8,
  I16: 16,
  U16: 16,
  F16: 16,
  BF16: 16,
  I32: 32,
  U32: 32,
  F32: 32,
  I64: 64,
  U64: 64,
  F64: 64,
  C64: 64,
  F4: 4,
  F6_E2M3: 6,
  F6_E3M2: 6,
};

const count = z.number().int().nonnegative();
const Tensor = z.object({
  dtype: z.string(),
  shape: z.array(count).max(64),
  data_offsets: z.tuple([count, count]),
});
const Header = z.record(z.string(), z.unknown());

export type SafetensorsReading =
  | { readonly kind: "whole"; readonly tensors: TensorSummary }
  /** The file is shorter or longer than its header says: still being written, or cut. */
  | { readonly kind: "torn"; readonly message: string }
  | { readonly kind: "invalid"; readonly message: string };

/** How many bytes of the file hold its header, from its first eight (little-endian length); null when there are fewer. */
export function headerBytesOf(first: Uint8Array): number | null {
  if (first.byteLength < 8) return null;
  const length = new DataView(first.buffer, first.byteOffset, 8).getBigUint64(0, true);
  return length > BigInt(longestHeaderBytes) ? Number.POSITIVE_INFINITY : 8 + Number(length);
}

/** Judges a safetensors file by its size and its first `headerBytesOf` bytes. Tensor bytes are not read. */
export function readSafetensors(first: Uint8Array, fileBytes: number): SafetensorsReading {
  const headerBytes = headerBytesOf(first);
  if (headerBytes === null)
    return torn("it is shorter than the eight bytes of its header's length");
  if (headerBytes === Number.POSITIVE_INFINITY)
    return invalid("its header says to be longer than 100 MB");
  if (fileBytes < headerBytes || first.byteLength < headerBytes) return torn("its header is cut");
  const header = parseHeader(first.subarray(8, headerBytes));
  if (header === null) return invalid("its header is not JSON");

  let end = 0;
  let parameters = 0;
  let tensors = 0;
  const dtypes: Record<string, number> = {};
  for (const [name, value] of Object.entries(header)) {
    if (name === "__metadata__") continue;
    const tensor = Tensor.safeParse(value);
    if (!tensor.success) return invalid(`tensor ${name} is not described as the format says`);
    const {
      dtype,
      shape,
      data_offsets: [from, to],
    } = tensor.data;
    const elements = shape.reduce((product, size) => product * size, 1);
    const bits = bitsOf[dtype];
    if (bits !== undefined && (to - from) * 8 !== elements * bits)
      return invalid(`tensor ${name} takes ${to - from} bytes, which is not its shape's`);
    parameters += elements;
    tensors += 1;
    dtypes[dtype] = (dtypes[dtype] ?? 0) + elements;
    end = Math.max(end, to);
  }
  if (headerBytes + end !== fileBytes)
    return torn(`it has ${fileBytes} bytes and its header says ${headerBytes + end}`);
  return { kind: "whole", tensors: { parameters, dtypes, tensors } };
}

/** Several files of one checkpoint as one: shards hold different tensors. */
export const sumTensors = (parts: readonly TensorSummary[]): TensorSummary | null =>
  parts.length === 0
    ? null
    : parts.reduce((a, b) => ({
        parameters: a.parameters + b.parameters,
        tensors: a.tensors + b.tensors,
        dtypes: Object.fromEntries(
          [...Object.keys(a.dtypes), ...Object.keys(b.dtypes)].map((dtype) => [
            dtype,
            (a.dtypes[dtype] ?? 0) + (b.dtypes[dtype] ?? 0),
          ]),
        ),
      }));

function parseHeader(bytes: Uint8Array): Record<string, unknown> | null {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    const parsed = Header.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
const torn = (message: string): SafetensorsReading => ({ kind: "torn", message });
const invalid = (message: string): SafetensorsReading => ({ kind: "invalid", message });
