import { DomainError, faultsOf, type DomainErrorCode, type InputFault } from "@preceptor/domain";
import type { TRPCError } from "@trpc/server";
import { ZodError } from "zod";

export interface Answer {
  /** HTTP status of the plain routes (uploads, set-up). */
  readonly status: number;
  readonly trpc: TRPCError["code"];
  /** What the MLflow client is told; it retries 429 and 5xx, and never a 400. */
  readonly mlflow: { readonly status: number; readonly code: string };
}
const answer = (
  status: number,
  trpc: TRPCError["code"],
  mlflowStatus: number,
  mlflowCode: string,
): Answer => ({ status, trpc, mlflow: { status: mlflowStatus, code: mlflowCode } });

/** The one table of what each refusal becomes at the edge: a new code does not compile until it has a line. */
export const answers: Record<DomainErrorCode, Answer> = {
  unauthenticated: answer(401, "UNAUTHORIZED", 401, "UNAUTHENTICATED"),
  forbidden: answer(403, "FORBIDDEN", 403, "PERMISSION_DENIED"),
  "not-found": answer(404, "NOT_FOUND", 404, "RESOURCE_DOES_NOT_EXIST"),
  invalid: answer(400, "BAD_REQUEST", 400, "INVALID_PARAMETER_VALUE"),
  conflict: answer(409, "CONFLICT", 409, "RESOURCE_CONFLICT"),
  "already-exists": answer(409, "CONFLICT", 400, "RESOURCE_ALREADY_EXISTS"),
  "stale-attempt": answer(403, "FORBIDDEN", 403, "PERMISSION_DENIED"),
  "digest-mismatch": answer(422, "UNPROCESSABLE_CONTENT", 400, "INVALID_PARAMETER_VALUE"),
  "too-large": answer(413, "PAYLOAD_TOO_LARGE", 400, "INVALID_PARAMETER_VALUE"),
  "quota-exceeded": answer(429, "TOO_MANY_REQUESTS", 429, "REQUEST_LIMIT_EXCEEDED"),
  unavailable: answer(503, "SERVICE_UNAVAILABLE", 503, "TEMPORARILY_UNAVAILABLE"),
  "gate-failed": answer(412, "PRECONDITION_FAILED", 409, "RESOURCE_CONFLICT"),
};

export type Field = InputFault;

/** Which inputs are at fault, by path (`spec.compute.nodes`); empty where it is not about an input. */
export function fieldsOf(error: unknown): readonly Field[] {
  if (error instanceof ZodError) return faultsOf(error);
  if (error instanceof DomainError && error.field !== undefined)
    return [{ field: error.field, message: error.message }];
  return [];
}

/** The sentence people read; null for an unknown error, whose text may hold anything. */
export function messageOf(error: unknown): string | null {
  if (error instanceof DomainError) return error.message;
  if (!(error instanceof ZodError)) return null;
  return fieldsOf(error)
    .map(({ field, message }) => (field === "" ? message : `${field}: ${message}`))
    .join("; ");
}

export const NOT_JSON = "The request is not JSON. Nothing of it was done.";
export const SEND_JSON =
  "Send the request as JSON, with the header content-type: application/json.";
export const UNEXPECTED =
  "Something went wrong on our side. Try again; if it stays, tell your operator when it happened.";
