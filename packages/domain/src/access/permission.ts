import type { Role } from "./role.ts";

/** Everything a caller may be allowed to do, `noun:verb`. `read` of a noun covers its lists, pages and streams. */
export const actions = [
  "dataset:read",
  "dataset:register",
  "dataset:download",
  "recipe:read",
  "compute-target:read",
  "compute-target:manage",
  "job:read",
  "job:submit",
  "job:cancel",
  "job:abandon",
  "checkpoint:read",
  "checkpoint:download",
  "metric:read",
  "model:read",
  "model:register",
  "model:download",
  "evaluation:read",
  "evaluation:define",
  "promotion:read",
  "promotion:request",
  "promotion:withdraw",
  "promotion:vote",
  "promotion:revoke",
  "policy:define",
  "deployment:read",
  "deployment:share",
  "deployment:roll-back",
  "deployment:stop",
  "lineage:read",
  "audit:read",
  "retention:manage",
  "access:read",
  "access:manage",
  "served-model:call",
] as const;
export type Action = (typeof actions)[number];

const reading = actions.filter(
  (action) => action.endsWith(":read") && action !== "audit:read" && action !== "access:read",
);

/**
 * Taking bytes away is not reading: notes of patients, and weights that may remember them, leave the house. Only those who work with them
 * may, and a partner never.
 */
const downloading = actions.filter((action) => action.endsWith(":download"));

/** One member may hold several roles; separation of duties (a submitter cannot vote) is decided per promotion, not here. */
export const permissions: Record<Role, readonly Action[]> = {
  engineer: [
    ...reading,
    ...downloading,
    "dataset:register",
    "job:submit",
    "job:cancel",
    "model:register",
    "evaluation:define",
    "promotion:request",
    "promotion:withdraw",
    "served-model:call",
  ],
  board: [...reading, "audit:read", "promotion:vote", "promotion:revoke", "served-model:call"],
  partner: ["served-model:call"],
  operator: [
    ...reading,
    ...downloading,
    "audit:read",
    "access:read",
    "access:manage",
    "compute-target:manage",
    "retention:manage",
    "job:cancel",
    "job:abandon",
    "policy:define",
    "deployment:share",
    "deployment:roll-back",
    "deployment:stop",
    "served-model:call",
  ],
  auditor: [...reading, "audit:read", "access:read"],
};

export const mayDo = (held: readonly Role[], action: Action): boolean =>
  held.some((role) => permissions[role].includes(action));
