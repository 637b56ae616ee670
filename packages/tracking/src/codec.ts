import type { Point } from "./point.ts";
import { ByteReader, ByteWriter } from "./varint.ts";

const VERSION = 1;

/**
 * A segment: for each key its name, its count, the steps and the times as zigzag varints of differences, then raw float64
 * values (little-endian; every NaN is the same NaN). Order within a key is kept.
 */
export function encodeSegment(points: readonly Point[]): Buffer {
  const groups = Map.groupBy(points, (point) => point.key);
  const out = new ByteWriter();
  out.byte(VERSION);
  out.unsigned(BigInt(groups.size));
  for (const [key, group] of groups) {
    const name = Buffer.from(key, "utf8");
    out.unsigned(BigInt(name.length));
    out.bytes(name);
    out.unsigned(BigInt(group.length));
    let step = 0n;
    for (const point of group) {
      out.signed(point.step - step);
      step = point.step;
    }
    let time = 0n;
    for (const point of group) {
      const at = BigInt(point.timestampMs);
      out.signed(at - time);
      time = at;
    }
    for (const point of group) out.float64(point.value);
  }
  return out.finish();
}

export function decodeSegment(data: Uint8Array, wanted?: ReadonlySet<string>): Point[] {
  const reader = new ByteReader(data);
  const version = reader.byte();
  if (version !== VERSION) throw new Error(`a metric segment has the unknown version ${version}`);
  const points: Point[] = [];
  const keys = Number(reader.unsigned());
  for (let k = 0; k < keys; k++) {
    const key = reader.text(Number(reader.unsigned()));
    const n = Number(reader.unsigned());
    const steps = deltas(reader, n);
    const times = deltas(reader, n);
    const keep = wanted === undefined || wanted.has(key);
    for (let i = 0; i < n; i++) {
      const value = reader.float64();
      if (keep)
        points.push({ key, step: steps[i] ?? 0n, timestampMs: Number(times[i] ?? 0n), value });
    }
  }
  return points;
}

function deltas(reader: ByteReader, n: number): bigint[] {
  const values: bigint[] = [];
  let value = 0n;
  for (let i = 0; i < n; i++) values.push((value += reader.signed()));
  return values;
}
