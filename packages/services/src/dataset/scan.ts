import { createHmac } from "node:crypto";
import { Transform, type TransformCallback } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import { DomainError } from "@preceptor/domain";

const longestLine = 8_000_000;

/**
 * Passes bytes through while it counts rows of a .jsonl file and collects keyed hashes of the patients named in `subjectField`.
 * A row that is not JSON, or has no subject where one is said to be, is refused by row number; its text is never shown.
 */
export class RowScan extends Transform {
  rows = 0;
  readonly subjects = new Set<string>();
  readonly #decoder = new StringDecoder("utf8");
  readonly #path: string;
  readonly #subjectField: string | undefined;
  readonly #key: string;
  #rest = "";

  constructor(path: string, subjectField: string | undefined, key: string) {
    super();
    this.#path = path;
    this.#subjectField = subjectField;
    this.#key = key;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    try {
      const lines = (this.#rest + this.#decoder.write(chunk)).split("\n");
      this.#rest = lines.pop() ?? "";
      if (this.#rest.length > longestLine)
        throw new DomainError(
          "invalid",
          `${this.#path}: row ${this.rows + 1} is longer than ${longestLine} characters.`,
          { field: "files" },
        );
      for (const line of lines) this.#take(line);
      done(null, chunk);
    } catch (error) {
      done(error instanceof Error ? error : new Error("scan failed"));
    }
  }

  override _flush(done: TransformCallback): void {
    try {
      this.#take(this.#rest + this.#decoder.end());
      done();
    } catch (error) {
      done(error instanceof Error ? error : new Error("scan failed"));
    }
  }

  #take(line: string): void {
    if (line.trim() === "") return;
    this.rows += 1;
    const row = parse(line);
    if (row === null)
      throw new DomainError("invalid", `${this.#path}: row ${this.rows} is not a JSON object.`, {
        field: "files",
      });
    if (this.#subjectField === undefined) return;
    const subject = row[this.#subjectField];
    if (typeof subject !== "string" && typeof subject !== "number") {
      throw new DomainError(
        "invalid",
        `${this.#path}: row ${this.rows} has no text or number in ${this.#subjectField}.`,
        { field: "subjectField" },
      );
    }
    this.subjects.add(subjectHash(this.#key, String(subject)));
  }
}

/** The same keyed hash an evaluation writes as an item's cluster: HMAC-SHA256, first 32 hex characters. */
export const subjectHash = (keyHex: string, subject: string): string =>
  createHmac("sha256", Buffer.from(keyHex, "hex")).update(subject).digest("hex").slice(0, 32);

function parse(line: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? { ...value }
      : null;
  } catch {
    return null;
  }
}
