import { z } from "zod";
import type { Flag } from "../command.ts";

export const idempotencyFlag: Flag = {
  flags: "--idempotency-key <key>",
  about: "8 to 200 characters (default: a new one)",
};
export const IdempotencyKey = z.string().min(8).max(200).optional();
