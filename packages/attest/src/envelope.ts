import { z } from "zod";
import type { Signer, Verifier } from "./key.ts";
import { refuse } from "./refusal.ts";
import type { Refusal } from "./refusal.ts";

/** DSSE v1 envelope (github.com/secure-systems-lab/dsse). `payload` and `sig` are base64. */
export const Envelope = z.object({
  payloadType: z.string().min(1),
  payload: z.base64(),
  signatures: z.array(z.object({ keyid: z.string().min(1), sig: z.base64() })).min(1),
});
export type Envelope = z.infer<typeof Envelope>;

export type EnvelopeRefusalCode =
  | "malformed-envelope"
  | "wrong-payload-type"
  | "untrusted-key"
  | "bad-signature";

export interface OpenedEnvelope {
  readonly ok: true;
  readonly payload: Uint8Array;
  /** The trusted key whose signature held. */
  readonly keyId: string;
}

export function signEnvelope(signer: Signer, payloadType: string, payload: Uint8Array): Envelope {
  const signature = signer.sign(preAuthenticationEncoding(payloadType, payload));
  return {
    payloadType,
    payload: Buffer.from(payload).toString("base64"),
    signatures: [{ keyid: signer.keyId, sig: Buffer.from(signature).toString("base64") }],
  };
}

/**
 * Opens an envelope of one expected payload type. One signature of one trusted key suffices. "untrusted-key": no signature claims
 * a trusted key; "bad-signature": one claims it and does not hold, so payload, type or signature was altered.
 */
export function verifyEnvelope(
  candidate: unknown,
  payloadType: string,
  trustedKeys: Verifier,
): OpenedEnvelope | Refusal<EnvelopeRefusalCode> {
  const parsed = Envelope.safeParse(candidate);
  if (!parsed.success) return refuse("malformed-envelope", "not a DSSE envelope");
  const envelope = parsed.data;
  if (envelope.payloadType !== payloadType) {
    return refuse("wrong-payload-type", `the envelope's payload type is not ${payloadType}`);
  }

  const payload = Buffer.from(envelope.payload, "base64");
  const signed = preAuthenticationEncoding(payloadType, payload);
  let claimedTrust = false;
  for (const { keyid, sig } of envelope.signatures) {
    const key = trustedKeys.find(keyid);
    if (!key) continue;
    claimedTrust = true;
    if (key.verify(signed, Buffer.from(sig, "base64"))) return { ok: true, payload, keyId: keyid };
  }
  return claimedTrust
    ? refuse("bad-signature", "the signature does not hold: payload, type or signature was altered")
    : refuse("untrusted-key", "no signature is by a trusted key");
}

/** PAE of DSSE v1: lengths in bytes come first, so type and payload cannot be shifted into each other. */
export function preAuthenticationEncoding(payloadType: string, payload: Uint8Array): Uint8Array {
  const header = `DSSEv1 ${Buffer.byteLength(payloadType)} ${payloadType} ${payload.byteLength} `;
  return Buffer.concat([Buffer.from(header), payload]);
}
