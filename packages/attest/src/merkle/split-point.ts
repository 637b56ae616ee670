/** The largest power of two below `size` (k of RFC 6962 §2.1); size is at least 2. */
export function splitPoint(size: number): number {
  let k = 1;
  while (k * 2 < size) k *= 2;
  return k;
}
