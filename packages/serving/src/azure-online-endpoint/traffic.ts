import { DomainError } from "@preceptor/domain";
import type { Traffic } from "../provider.ts";

export type { Traffic } from "../provider.ts";

type Shares = Readonly<Record<string, number>>;

const sumOf = (shares: Shares): number =>
  Object.values(shares).reduce((sum, each) => sum + each, 0);
const withoutZeros = (shares: Shares): Shares =>
  Object.fromEntries(Object.entries(shares).filter(([, percent]) => percent > 0));

/** Whether two are the same split; nothing and zero are one. */
export const sameTraffic = (one: Traffic, other: Traffic): boolean =>
  sameShares(one.live, other.live) && sameShares(one.mirror, other.mirror);
const sameShares = (one: Shares, other: Shares): boolean =>
  [...Object.keys(one), ...Object.keys(other)].every(
    (name) => (one[name] ?? 0) === (other[name] ?? 0),
  );

/** Throws `invalid` where Azure would refuse: live traffic sums to 0 or 100; one mirror, at most half, never one that is live too. */
export function assertTraffic({ live, mirror }: Traffic): void {
  const shares = [...Object.values(live), ...Object.values(mirror)];
  if (shares.some((percent) => !Number.isInteger(percent) || percent < 0 || percent > 100))
    throw invalid("A share of traffic is a whole percentage from 0 to 100.");
  const sum = sumOf(live);
  if (sum !== 0 && sum !== 100) throw invalid(`Live traffic sums to 0 or to 100, not to ${sum}.`);
  const mirrored = Object.entries(mirror).filter(([, percent]) => percent > 0);
  if (mirrored.length > 1) throw invalid("Only one deployment may be mirrored to.");
  for (const [name, percent] of mirrored) {
    if (percent > 50) throw invalid("At most half of the traffic may be mirrored.");
    if ((live[name] ?? 0) > 0)
      throw invalid("A deployment that answers live requests cannot be mirrored to as well.");
  }
}

/** Gives one deployment its share; the others keep their proportions in what is left. */
export function withShare(traffic: Traffic, name: string, percent: number): Traffic {
  const others = withoutZeros({ ...traffic.live, [name]: 0 });
  if (sumOf(others) === 0 && percent !== 0 && percent !== 100)
    throw invalid("No other deployment is there to take the rest: give this one 100 percent.");
  const rest = scaled(others, 100 - percent);
  const live = percent > 0 ? { ...rest, [name]: percent } : rest;
  const mirror = percent > 0 ? withoutZeros({ ...traffic.mirror, [name]: 0 }) : traffic.mirror;
  return checked({ live, mirror });
}

/** Takes one deployment out; what it had goes to the others, or to nobody. */
export const without = (traffic: Traffic, name: string): Traffic => {
  const { [name]: _live, ...others } = traffic.live;
  const { [name]: _mirror, ...mirror } = traffic.mirror;
  return checked({ live: scaled(withoutZeros(others), 100), mirror });
};

/** Copies a share of the live requests to one deployment whose answers nobody sees; 0 ends it. */
export const withMirror = (traffic: Traffic, name: string, percent: number): Traffic =>
  checked({ live: traffic.live, mirror: withoutZeros({ [name]: percent }) });

/** Whole percentages of the same proportions that sum to `total`, by largest remainder (Hamilton's method). */
function scaled(shares: Shares, total: number): Shares {
  const sum = sumOf(shares);
  if (sum === 0 || total === 0) return {};
  const exact = Object.entries(shares).map(([name, share]) => {
    const value = (share * total) / sum;
    return { name, whole: Math.floor(value), rest: value - Math.floor(value) };
  });
  let missing = total - exact.reduce((taken, { whole }) => taken + whole, 0);
  const byRest = exact.toSorted((a, b) => b.rest - a.rest || (a.name < b.name ? -1 : 1));
  const given = byRest.map(({ name, whole }) => [name, missing-- > 0 ? whole + 1 : whole] as const);
  return withoutZeros(Object.fromEntries(given));
}

function checked(traffic: Traffic): Traffic {
  assertTraffic(traffic);
  return traffic;
}

const invalid = (message: string): DomainError =>
  new DomainError("invalid", message, { field: "traffic" });
