import { Sha256 } from "@preceptor/domain";
import { z } from "zod";
import { canonicalJson } from "./canonical.ts";
import { signEnvelope, verifyEnvelope } from "./envelope.ts";
import type { Envelope, EnvelopeRefusalCode } from "./envelope.ts";
import type { Signer, Verifier } from "./key.ts";
import { refuse } from "./refusal.ts";
import type { Refusal } from "./refusal.ts";

export const STATEMENT_TYPE = "https://in-toto.io/Statement/v1";
export const STATEMENT_PAYLOAD_TYPE = "application/vnd.in-toto+json";

const Subject = z.object({
  name: z.string().min(1),
  digest: z.object({ sha256: Sha256 }),
});

/** in-toto Statement v1. Unknown fields are ignored, as its specification asks of consumers. */
export const Statement = z.object({
  _type: z.literal(STATEMENT_TYPE),
  subject: z.array(Subject).min(1),
  predicateType: z.url(),
  predicate: z.record(z.string(), z.unknown()),
});
export type Statement = z.infer<typeof Statement>;

/** One kind of thing we say about an artifact. A new predicate is one such value; see the room's README. */
export interface PredicateKind<P> {
  readonly type: string;
  readonly schema: z.ZodType<P>;
  /** What the statement is about. Its digest is taken from the predicate, so the two cannot disagree. */
  readonly subject: (predicate: P) => { readonly name: string; readonly digest: string };
}

export type StatementRefusalCode =
  | EnvelopeRefusalCode
  | "malformed-statement"
  | "wrong-predicate"
  | "subject-mismatch";

/** The statement that would be signed. Throws a ZodError if the predicate breaks its schema; drops what the schema does not name. */
export function statementOf<P>(kind: PredicateKind<P>, predicate: P): Statement {
  const content = kind.schema.parse(predicate);
  const { name, digest } = kind.subject(content);
  return Statement.parse({
    _type: STATEMENT_TYPE,
    subject: [{ name, digest: { sha256: hexOf(digest) } }],
    predicateType: kind.type,
    predicate: content,
  });
}

export function signStatement<P>(signer: Signer, kind: PredicateKind<P>, predicate: P): Envelope {
  const text = canonicalJson(statementOf(kind, predicate));
  return signEnvelope(signer, STATEMENT_PAYLOAD_TYPE, Buffer.from(text));
}

/** Signature, shape, kind, and that the subject is what the predicate speaks of. */
export function verifyStatement<P>(
  envelope: unknown,
  kind: PredicateKind<P>,
  trustedKeys: Verifier,
):
  | { readonly ok: true; readonly predicate: P; readonly keyId: string }
  | Refusal<StatementRefusalCode> {
  const opened = verifyEnvelope(envelope, STATEMENT_PAYLOAD_TYPE, trustedKeys);
  if (!opened.ok) return opened;

  const statement = Statement.safeParse(parseJson(opened.payload));
  if (!statement.success)
    return refuse("malformed-statement", "the payload is not an in-toto Statement v1");
  if (statement.data.predicateType !== kind.type)
    return refuse("wrong-predicate", `the statement is not a ${kind.type}`);
  const predicate = kind.schema.safeParse(statement.data.predicate);
  if (!predicate.success)
    return refuse("malformed-statement", `the predicate is not a valid ${kind.type}`);

  const expected = hexOf(kind.subject(predicate.data).digest);
  const [subject, ...others] = statement.data.subject;
  if (subject?.digest.sha256 !== expected || others.length > 0) {
    return refuse(
      "subject-mismatch",
      "the statement's subject is not what its predicate speaks of",
    );
  }
  return { ok: true, predicate: predicate.data, keyId: opened.keyId };
}

export function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString("utf8"));
  } catch {
    return undefined;
  }
}

function hexOf(digest: string): string {
  return digest.slice("sha256:".length);
}
