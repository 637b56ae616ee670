import { z } from "zod";
import { currencies, type Money } from "../money.ts";

export const tiers = ["dedicated", "spot"] as const;
export type Tier = (typeof tiers)[number];

/** The provider's own name of a kind of machine, e.g. `Standard_NC24ads_A100_v4`. */
export const InstanceTypeName = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, "use the provider's name, e.g. Standard_NC24ads_A100_v4")
  .max(80);

/** What an operator says a node costs; no provider is asked, since contracts differ. */
export const NodePrice = z.strictObject({
  instanceType: InstanceTypeName,
  tier: z.enum(tiers),
  /** For one node and one hour. */
  perNodeHour: z.number().nonnegative().max(100_000),
  currency: z.enum(currencies),
});
export type NodePrice = z.infer<typeof NodePrice>;

const hourMs = 3_600_000;

/** What nodes cost for a time; null where the list has no price for that machine and tier. Rounded up to a cent. */
export function costOf(
  prices: readonly NodePrice[],
  wanted: { instanceType: string; tier: Tier; nodes: number; durationMs: number },
): Money | null {
  const price = findPrice(prices, wanted.instanceType, wanted.tier);
  return price && costAt(price, wanted.nodes, wanted.durationMs);
}

export const findPrice = (
  prices: readonly NodePrice[],
  instanceType: string,
  tier: Tier,
): NodePrice | null =>
  prices.find(
    (one) => one.tier === tier && one.instanceType.toLowerCase() === instanceType.toLowerCase(),
  ) ?? null;

export const costAt = (price: NodePrice, nodes: number, durationMs: number): Money => ({
  amount: upToCents((price.perNodeHour * nodes * Math.max(0, durationMs)) / hourMs),
  currency: price.currency,
});

/** Up to the next cent, but not for the sake of binary dust (0.1 + 0.2). */
const upToCents = (amount: number): number => Math.ceil(Math.round(amount * 1e6) / 1e4) / 100;

/** e.g. `2,359.68 USD` */
export const moneyText = ({ amount, currency }: Money): string =>
  `${amount.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 })} ${currency}`;
