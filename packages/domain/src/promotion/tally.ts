export type Tally = "open" | "approved" | "rejected";

/** As many approvals as the policy asks approve; as many rejections reject; whichever comes first decides. */
export function tally(
  votes: readonly { readonly decision: "approve" | "reject" }[],
  policy: { readonly approvals: number },
): Tally {
  const approvals = votes.filter((vote) => vote.decision === "approve").length;
  if (approvals >= policy.approvals) return "approved";
  return votes.length - approvals >= policy.approvals ? "rejected" : "open";
}
