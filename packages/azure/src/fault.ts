export type AzureFaultKind =
  | "not-found"
  | "conflict"
  | "throttled"
  | "unauthenticated"
  | "forbidden"
  | "quota"
  | "unknown-instance-type"
  | "region-without-sku"
  | "wrong-subscription"
  | "invalid"
  | "unreachable"
  | "garbled";

export interface AzureFault {
  readonly kind: AzureFaultKind;
  /** For an operator: what is wrong and what to do. Never a secret. */
  readonly message: string;
  readonly status: number | null;
  /** The request may have had its effect although no good answer came. */
  readonly doubtful: boolean;
}

export function faultOf(error: unknown): AzureFault {
  const message = error instanceof Error ? error.message : "unknown";
  return { kind: "garbled", message, status: null, doubtful: true };
}
