import type { Role } from "@preceptor/domain";

/** What each role may do, in a line. */
export const roleWords: Record<Role, { label: string; sentence: string }> = {
  engineer: {
    label: "Engineer",
    sentence: "registers and downloads data, runs jobs, asks for promotions",
  },
  board: { label: "Board", sentence: "reads dossiers and votes, revokes approvals" },
  operator: {
    label: "Operator",
    sentence: "manages members, policies, compute and deployments, downloads files",
  },
  auditor: { label: "Auditor", sentence: "reads everything, changes nothing" },
  partner: { label: "Partner", sentence: "calls served models only" },
};
