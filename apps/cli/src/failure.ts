import {
  domainErrorCodes,
  faultsOf,
  type DomainErrorCode,
  type InputFault,
} from "@preceptor/domain";
import { TRPCClientError } from "@trpc/client";
import { z } from "zod";
import { exitCode, type ExitCode } from "./exit-code.ts";

/** An input at fault: its path, and where it stands when it came out of a file. */
export interface Fault extends InputFault {
  readonly at?: string | undefined;
}
export interface Failure {
  readonly code: ExitCode;
  readonly message: string;
  readonly fields: readonly Fault[];
}

/** A refusal of the CLI's own, with the exit code it leads to. */
export class CliError extends Error implements Failure {
  override readonly name = "CliError";
  readonly code: ExitCode;
  readonly fields: readonly Fault[];
  constructor(code: ExitCode, message: string, fields: readonly Fault[] = []) {
    super(message);
    this.code = code;
    this.fields = fields;
  }
}

const codeOf: Record<DomainErrorCode, ExitCode> = {
  unauthenticated: exitCode.notAllowed,
  forbidden: exitCode.notAllowed,
  "not-found": exitCode.notFound,
  invalid: exitCode.invalid,
  conflict: exitCode.failed,
  "already-exists": exitCode.failed,
  "stale-attempt": exitCode.failed,
  "digest-mismatch": exitCode.failed,
  "too-large": exitCode.failed,
  "quota-exceeded": exitCode.failed,
  unavailable: exitCode.unreachable,
  "gate-failed": exitCode.failed,
};
const byTransport: Readonly<Record<string, ExitCode>> = {
  UNAUTHORIZED: exitCode.notAllowed,
  FORBIDDEN: exitCode.notAllowed,
  NOT_FOUND: exitCode.notFound,
  BAD_REQUEST: exitCode.invalid,
  SERVICE_UNAVAILABLE: exitCode.unreachable,
  BAD_GATEWAY: exitCode.unreachable,
  GATEWAY_TIMEOUT: exitCode.unreachable,
};

const ServerError = z.looseObject({
  code: z.string(),
  domainCode: z.enum(domainErrorCodes).nullish().catch(null),
  fields: z.array(z.object({ field: z.string(), message: z.string() })).catch([]),
});

/** Any error as an exit code and a sentence that says what to do. */
export function failureOf(error: unknown): Failure {
  if (error instanceof CliError) return error;
  if (error instanceof z.ZodError)
    return { code: exitCode.invalid, message: "The input is not valid.", fields: faultsOf(error) };
  if (isNamed(error, "Interrupted"))
    return { code: exitCode.interrupted, message: "Interrupted.", fields: [] };
  if (error instanceof TRPCClientError) return ofServer(error);
  if (isConnectionFault(error)) return unreachable();
  const message = error instanceof Error ? error.message : String(error);
  return { code: exitCode.failed, message, fields: [] };
}

function ofServer(error: TRPCClientError<never>): Failure {
  if (isNamed(error.cause, "Interrupted")) return failureOf(error.cause);
  const said = ServerError.safeParse(error.data);
  if (!said.success) return unreachable();
  const { domainCode, fields, code } = said.data;
  const exit = domainCode ? codeOf[domainCode] : (byTransport[code] ?? exitCode.failed);
  const hint = code === "UNAUTHORIZED" ? " Run: preceptor sign-in" : "";
  return { code: exit, message: `${error.message}${hint}`, fields };
}

export const unreachable = (): CliError =>
  new CliError(
    exitCode.unreachable,
    "The server does not answer, or it is not Preceptor. Check the address (PRECEPTOR_URL, or preceptor sign-in --url) and that it runs.",
  );

const isNamed = (error: unknown, name: string): boolean =>
  error instanceof Error && error.name === name;
const isConnectionFault = (error: unknown): boolean =>
  error instanceof Error &&
  (error.name === "TimeoutError" ||
    (error.name === "TypeError" && error.message === "fetch failed"));
