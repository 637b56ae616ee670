import { Stack, Text } from "@mantine/core";
import { CopyableId } from "../../../components/CopyableId.tsx";
import { formatExact } from "../../../components/format.ts";
import { StatusBadge } from "../../../components/StatusBadge.tsx";
import type { PromotionNow } from "../promotion-type.ts";
import classes from "./Dossier.module.css";
import { Question } from "./Question.tsx";

const methods: Record<PromotionNow["votes"][number]["method"], string> = {
  password:
    "password, countersigned by the server (the weaker method: the server vouches for who signed)",
  passkey: "the member’s own passkey",
};

export function Votes({ promotion }: { promotion: PromotionNow }) {
  const { votes, approvalsNeeded } = promotion;
  const approvals = votes.filter((vote) => vote.decision === "approve").length;
  return (
    <Question
      title="Who decides"
      lead={
        <>
          {approvalsNeeded} {approvalsNeeded === 1 ? "approval" : "approvals"} by members of the
          board who neither asked for it nor worked on it; as many rejections reject it. {approvals}{" "}
          of {approvalsNeeded} approved
          {votes.length > approvals && `, ${votes.length - approvals} rejected`}.
        </>
      }
    >
      {votes.length === 0 ? (
        <Text size="sm" c="dimmed">
          Nobody has voted yet.
        </Text>
      ) : (
        <Stack gap={0}>
          {votes.map((vote) => (
            <div key={vote.id} className={classes.gate}>
              <StatusBadge status={vote.decision === "approve" ? "approved" : "rejected"} />
              <div>
                <Text size="sm">
                  <b>{vote.member.name}</b>, {vote.meaning}, {formatExact(vote.castAt)}
                </Text>
                <div className={classes.prose}>{vote.reason}</div>
                <Text size="xs" c="dimmed" mt={4} component="div">
                  Signed by {methods[vote.method]}.{" "}
                  <CopyableId
                    value={vote.statementDigest}
                    shown={`${vote.statementDigest.slice(0, 19)}…`}
                    what="digest of the signed statement"
                  />
                </Text>
              </div>
            </div>
          ))}
        </Stack>
      )}
    </Question>
  );
}
