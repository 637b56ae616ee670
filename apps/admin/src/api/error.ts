import { TRPCClientError } from "@trpc/client";

interface ErrorData {
  readonly code?: unknown;
  readonly httpStatus?: unknown;
  readonly fields?: unknown;
}

const dataOf = (error: unknown): ErrorData | null =>
  error instanceof TRPCClientError && typeof error.data === "object" && error.data !== null
    ? error.data
    : null;

/** True when the server answered and said no: asking again would get the same answer. */
export const isRefusal = (error: unknown): boolean => {
  const status = dataOf(error)?.httpStatus;
  return typeof status === "number" && status >= 400 && status < 500;
};

export const isUnauthenticated = (error: unknown): boolean => dataOf(error)?.httpStatus === 401;
export const isNotFound = (error: unknown): boolean => dataOf(error)?.httpStatus === 404;

/** A message as a sentence begins: "say a name" with a capital, "lora_rank must be …" as it is written. */
export const sentence = (message: string): string =>
  /^[a-z]+[ ,:]/.test(message) ? message.charAt(0).toUpperCase() + message.slice(1) : message;

/** Which inputs are at fault and why, by path (`spec.inputs.train`); empty where it is not about an input. */
export function fieldsOf(error: unknown): readonly { field: string; message: string }[] {
  const fields: unknown = dataOf(error)?.fields;
  if (!Array.isArray(fields)) return [];
  return fields.map(({ field, message }: { field: string; message: string }) => ({
    field,
    message: sentence(message),
  }));
}

/** A sentence for people: what the server said, or that it could not be reached. */
export function messageOf(error: unknown): string {
  if (error instanceof TRPCClientError)
    return dataOf(error) === null
      ? "The server could not be reached. Nothing was changed; check the connection and try again."
      : sentence(error.message);
  return error instanceof Error ? error.message : "Something unexpected happened.";
}
