/** Something that has a percentage of a purpose's requests. */
export interface Shared {
  readonly percent: number;
}

/**
 * Who answers this request: each of `others` as often as its percentage says, `routed` whatever is left. `random` is in [0, 1); the
 * same number always chooses the same one, so that a share is a matter of its generator alone.
 */
export function choose<Routed, Other extends Shared>(
  routed: Routed,
  others: readonly Other[],
  random: number,
): Routed | Other {
  let passed = 0;
  for (const other of others) {
    passed += other.percent;
    if (random * 100 < passed) return other;
  }
  return routed;
}

/** Whether this request is one of the percentage that is copied. */
export const isCopied = (percent: number, random: number): boolean => random * 100 < percent;
