import type { Amount } from "@preceptor/domain";
import { plural, size } from "../../render/figure.ts";

/** `3 objects, 1.2 GB`. */
export const amountText = ({ objects, bytes }: Amount, one = "object"): string =>
  objects === 0 ? "nothing" : `${plural(objects, one)}, ${size(bytes)}`;
