/** What a check answers when it says no: a code for programs, a sentence for people. Checks return it; they do not throw. */
export interface Refusal<Code extends string> {
  readonly ok: false;
  readonly code: Code;
  readonly message: string;
}

export function refuse<Code extends string>(code: Code, message: string): Refusal<Code> {
  return { ok: false, code, message };
}

export type AttestErrorCode =
  | "not-canonical"
  | "bad-key"
  | "bad-hash"
  | "bad-tree-head"
  | "out-of-range";

/** Thrown for a mistake of the calling code (a value that cannot be signed, a key that is not Ed25519), never for bad evidence. */
export class AttestError extends Error {
  readonly code: AttestErrorCode;

  constructor(code: AttestErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "AttestError";
    this.code = code;
  }
}
