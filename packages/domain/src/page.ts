import { z } from "zod";

/** Keyset paging: `cursor` is opaque and stays stable while rows arrive. */
export const PageInput = z.object({
  cursor: z.string().max(500).optional(),
  limit: z.number().int().min(1).max(200).default(50),
});
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}
