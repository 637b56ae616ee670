import { isRestError } from "@azure/core-rest-pipeline";
import { withoutSecrets } from "./redact.ts";

/** What can be known of an error without trusting its text. */
export interface Facts {
  readonly status: number | null;
  /** Every `code` of the error and of its nested details, lower case. */
  readonly codes: ReadonlySet<string>;
  /** Azure's own sentences, without secrets, for matching and for showing. */
  readonly text: string;
  readonly name: string;
  readonly method: string | null;
  readonly host: string | null;
  readonly neverSent: boolean;
}

const neverSentCodes = new Set(["econnrefused", "enotfound", "eai_again", "throttled_here"]);
export const credentialErrors: ReadonlySet<string> = new Set([
  "AuthenticationError",
  "AggregateAuthenticationError",
  "AuthenticationRequiredError",
  "CredentialUnavailableError",
]);
/** Codes whose error message quotes the body it could not read. */
const quoting = new Set(["parse_error", "not_json", "unexpected_shape"]);

export function factsOf(error: unknown): Facts {
  const codes = new Set<string>();
  const sentences: string[] = [];
  const rest = isRestError(error) ? error : null;
  collect(bodyOf(rest?.response?.bodyAsText), codes, sentences, 0);
  addCode(codes, codeOf(error));
  const bodySaidMore = sentences.length > 0;
  const quotes = quoting.has(codeOf(error).toLowerCase());
  if (error instanceof Error && !bodySaidMore && !isBody(error.message) && !quotes)
    sentences.push(error.message);
  const url = rest?.request?.url;
  return {
    status: statusOf(error),
    codes,
    text: withoutSecrets([...new Set(sentences)].join(" ")),
    name: error instanceof Error ? error.name : "",
    method: rest?.request?.method ?? null,
    host: url === undefined ? null : (URL.parse(url)?.host ?? null),
    // Without a token there was no request.
    neverSent:
      isCredentialName(error) ||
      [...codes].some((code) => neverSentCodes.has(code) || isCertificate(code)),
  };
}

export const isCertificate = (code: string): boolean =>
  /^(self_signed_cert|depth_zero_self_signed|unable_to_(verify|get)|cert_|err_tls_cert)/.test(code);

const isCredentialName = (error: unknown): boolean =>
  error instanceof Error && credentialErrors.has(error.name);

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";

function statusOf(error: unknown): number | null {
  if (!(error instanceof Error) || !("statusCode" in error)) return null;
  return typeof error.statusCode === "number" ? error.statusCode : null;
}

/** The generated clients make a whole unread body the message; that is never shown. */
const isBody = (message: string): boolean => /^\s*[<{[]/.test(message);

function bodyOf(text: string | null | undefined): unknown {
  if (text === null || text === undefined || text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** ARM nests the telling code under `details`, `innererror` or `additionalInfo`. */
function collect(value: unknown, codes: Set<string>, sentences: string[], depth: number): void {
  if (depth > 8 || typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (key === "code") addCode(codes, inner);
    else if (key === "message" && typeof inner === "string") sentences.push(inner);
    else collect(inner, codes, sentences, depth + 1);
  }
}

function addCode(codes: Set<string>, value: unknown): void {
  if (typeof value === "string" && value !== "") codes.add(value.toLowerCase());
}
