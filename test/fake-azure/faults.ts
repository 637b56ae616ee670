import { z } from "zod";

const Moment = { after: z.boolean().optional() };
const kind = <K extends string>(name: K) => z.strictObject({ kind: z.literal(name) });

/** What can go wrong with one request. `after`: the effect has happened and only the answer is lost or wrong. */
export const Fault = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("throttle"), retryAfterSeconds: z.number().optional() }),
  z.strictObject({ kind: z.literal("server-error"), status: z.number().optional(), ...Moment }),
  z.strictObject({ kind: z.literal("hang-up"), ...Moment }),
  z.strictObject({
    kind: z.literal("error"),
    status: z.number(),
    code: z.string(),
    message: z.string(),
    ...Moment,
  }),
  z.strictObject({ kind: z.literal("html"), status: z.number().optional() }),
  kind("broken-json"),
  z.strictObject({ kind: z.literal("status-word"), word: z.string() }),
  z.strictObject({ kind: z.literal("lag"), ms: z.number() }),
  z.strictObject({
    kind: z.literal("preempt"),
    shape: z.enum(["restart", "fail", "by-hand"]),
    afterMs: z.number(),
  }),
  z.strictObject({
    kind: z.literal("stall"),
    phase: z.enum(["Preparing", "Queued", "Finalizing"]),
  }),
  kind("endless-cancel"),
  kind("conflict"),
  z.strictObject({ kind: z.literal("redirect"), origin: z.string() }),
  z.strictObject({ kind: z.literal("foreign-link"), origin: z.string() }),
  kind("quota-zero"),
  kind("role-missing"),
  kind("expired-credential"),
  kind("wrong-subscription"),
  kind("unknown-vm-size"),
  kind("region-without-sku"),
]);
export type Fault = z.infer<typeof Fault>;

export const FaultRule = z.strictObject({
  /** Any when left out. */
  method: z.string().optional(),
  /** A regular expression over path and query. */
  path: z.string(),
  /** How many requests it meets, 1 unless told otherwise; null for every one. */
  times: z.number().int().positive().nullable().optional(),
  fault: Fault,
});
export type FaultRule = z.infer<typeof FaultRule>;

/** Faults switched on, met in the order they were added. */
export interface FaultBook {
  add(rule: FaultRule): void;
  list(): readonly FaultRule[];
  clear(): void;
  /** The fault this request meets; counts it. */
  take(method: string, pathAndQuery: string): Fault | null;
}

export function openFaults(): FaultBook {
  let rules: { rule: FaultRule; left: number }[] = [];
  return {
    add(rule) {
      rules.push({ rule, left: rule.times === null ? Infinity : (rule.times ?? 1) });
    },
    list: () =>
      rules.map(({ rule, left }) => ({ ...rule, times: left === Infinity ? null : left })),
    clear() {
      rules = [];
    },
    take(method, pathAndQuery) {
      const met = rules.find(
        ({ rule }) =>
          (rule.method ?? method).toUpperCase() === method &&
          new RegExp(rule.path).test(pathAndQuery),
      );
      if (met === undefined) return null;
      met.left--;
      rules = rules.filter(({ left }) => left > 0);
      return met.rule.fault;
    },
  };
}
