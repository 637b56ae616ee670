/** Every way a verb may refuse. The edges map each code to a status and a wording; a new code does not compile until they do. */
export const domainErrorCodes = [
  "unauthenticated",
  "forbidden",
  "not-found",
  "invalid",
  "conflict",
  "already-exists",
  "stale-attempt",
  "digest-mismatch",
  "too-large",
  "quota-exceeded",
  "unavailable",
  "gate-failed",
] as const;
export type DomainErrorCode = (typeof domainErrorCodes)[number];

/** `message` is for people; `field` is the path of the input at fault, e.g. `inputs.train`. */
export class DomainError extends Error {
  readonly code: DomainErrorCode;
  readonly field: string | undefined;
  constructor(
    code: DomainErrorCode,
    message: string,
    options: { field?: string; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "DomainError";
    this.code = code;
    this.field = options.field;
  }
}
