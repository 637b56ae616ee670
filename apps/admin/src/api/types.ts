import type { AppRouter } from "@preceptor/api";
import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";

/** What each procedure answers, as it arrives over the wire. */
export type Outputs = inferRouterOutputs<AppRouter>;
export type Inputs = inferRouterInputs<AppRouter>;

/** A point in time as it arrives: a Date from a typed row, text from JSON. */
export type Instant = Date | string | number;
