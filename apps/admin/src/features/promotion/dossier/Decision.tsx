import { Alert, Text } from "@mantine/core";
import { IconCircleCheck, IconCircleX, IconInfoCircle } from "@tabler/icons-react";
import { formatExact } from "../../../components/format.ts";
import { NounLink } from "../../../components/NounLink.tsx";
import { useNow } from "../../../components/use-now.ts";
import { pathOf } from "../../../frame/paths.ts";
import type { PromotionNow } from "../promotion-type.ts";

const words: Record<PromotionNow["status"], string> = {
  open: "Open",
  approved: "The board approved it",
  rejected: "The board rejected it",
  withdrawn: "It was withdrawn before a decision",
  voided: "It was voided: the evidence changed after it was asked for",
  revoked: "The approval was revoked; nothing serves by it any more",
};
const colors: Partial<Record<PromotionNow["status"], string>> = {
  approved: "green",
  rejected: "red",
  revoked: "red",
};

/** The outcome, above everything else once there is one. */
export function Decision({ promotion }: { promotion: PromotionNow }) {
  const now = useNow();
  const { status, decidedAt, expiresAt, deploymentId } = promotion;
  if (status === "open") return null;
  const expired =
    status === "approved" && expiresAt !== null && new Date(expiresAt).getTime() <= now;
  const Icon =
    status === "approved" ? IconCircleCheck : colors[status] ? IconCircleX : IconInfoCircle;
  return (
    <Alert
      color={expired ? "yellow" : (colors[status] ?? "gray")}
      variant="light"
      icon={<Icon aria-hidden />}
      title={expired ? "The board approved it, and the approval has expired" : words[status]}
      mb="md"
    >
      <Text size="sm">
        {decidedAt && <>Decided {formatExact(decidedAt)}. </>}
        {status === "approved" && expiresAt && (
          <>
            {expired ? "It held until " : "It holds until "}
            {formatExact(expiresAt)}.{" "}
          </>
        )}
        {deploymentId && (
          <NounLink href={pathOf.deployment(deploymentId)}>See its deployment</NounLink>
        )}
        {status === "voided" && "Ask again, with the evidence as it is now."}
      </Text>
    </Alert>
  );
}
