import { z } from "zod";

export const currencies = ["USD", "EUR", "CHF", "GBP"] as const;
/** An amount in whole and fractional units of a currency, e.g. 12.5 USD. */
export const Money = z.strictObject({
  amount: z.number().nonnegative().max(1e9),
  currency: z.enum(currencies),
});
export type Money = z.infer<typeof Money>;
