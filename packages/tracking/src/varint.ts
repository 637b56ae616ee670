/** Bytes that grow as they are written. */
export class ByteWriter {
  #buffer = Buffer.allocUnsafe(256);
  #length = 0;

  #room(more: number): void {
    if (this.#length + more <= this.#buffer.length) return;
    const grown = Buffer.allocUnsafe(Math.max(this.#buffer.length * 2, this.#length + more));
    this.#buffer.copy(grown, 0, 0, this.#length);
    this.#buffer = grown;
  }
  byte(value: number): void {
    this.#room(1);
    this.#buffer[this.#length++] = value;
  }
  bytes(data: Uint8Array): void {
    this.#room(data.length);
    this.#buffer.set(data, this.#length);
    this.#length += data.length;
  }
  /** LEB128. */
  unsigned(value: bigint): void {
    let rest = value;
    while (rest > 127n) {
      this.byte(Number(rest & 127n) | 128);
      rest >>= 7n;
    }
    this.byte(Number(rest));
  }
  /** Zigzag, so that small negative differences stay small. */
  signed(value: bigint): void {
    this.unsigned(value >= 0n ? value << 1n : (-value << 1n) - 1n);
  }
  float64(value: number): void {
    this.#room(8);
    this.#buffer.writeDoubleLE(Number.isNaN(value) ? Number.NaN : value, this.#length);
    this.#length += 8;
  }
  finish(): Buffer {
    return Buffer.from(this.#buffer.subarray(0, this.#length));
  }
}

export class ByteReader {
  readonly #buffer: Buffer;
  #at = 0;

  constructor(data: Uint8Array) {
    this.#buffer = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  }
  byte(): number {
    const value = this.#buffer[this.#at++];
    if (value === undefined) throw new Error("a metric segment ends too early");
    return value;
  }
  text(length: number): string {
    const text = this.#buffer.toString("utf8", this.#at, this.#at + length);
    this.#at += length;
    return text;
  }
  unsigned(): bigint {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = this.byte();
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return value;
    }
  }
  signed(): bigint {
    const value = this.unsigned();
    return (value & 1n) === 0n ? value >> 1n : -((value + 1n) >> 1n);
  }
  float64(): number {
    const value = this.#buffer.readDoubleLE(this.#at);
    this.#at += 8;
    return value;
  }
}
