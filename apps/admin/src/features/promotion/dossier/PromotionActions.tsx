import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconBan, IconBinaryTree, IconPrinter } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { queryClient, trpc } from "../../../api/client.ts";
import { useMay, useMe } from "../../../api/me.ts";
import { ConfirmDanger } from "../../../components/ConfirmDanger.tsx";
import { notifyDone } from "../../../components/notify.ts";
import { pathOf } from "../../../frame/paths.ts";
import { nameOf, type PromotionNow } from "../promotion-type.ts";

export function PromotionActions({ promotion }: { promotion: PromotionNow }) {
  const [withdrawing, withdrawal] = useDisclosure(false);
  const [revoking, revocation] = useDisclosure(false);
  const me = useMe();
  const mayRevoke = useMay("promotion:revoke") && promotion.status === "approved";
  const mayWithdraw =
    useMay("promotion:withdraw") &&
    promotion.status === "open" &&
    promotion.requestedBy.id === me.user.id;
  const onSuccess = (after: PromotionNow) => {
    notifyDone(`The promotion is ${after.status}`);
    queryClient.setQueryData(trpc.promotion.get.queryKey({ id: after.id }), after);
    void queryClient.invalidateQueries({ queryKey: ["pages"] });
    void queryClient.invalidateQueries({ queryKey: trpc.deployment.pathKey() });
  };
  const withdraw = useMutation(trpc.promotion.withdraw.mutationOptions({ onSuccess }));
  const revoke = useMutation(trpc.promotion.revoke.mutationOptions({ onSuccess }));
  return (
    <>
      <Button
        component={Link}
        to={pathOf.lineage("promotion", promotion.id)}
        variant="default"
        leftSection={<IconBinaryTree size={15} aria-hidden />}
      >
        Lineage
      </Button>
      <Button
        variant="default"
        leftSection={<IconPrinter size={15} aria-hidden />}
        onClick={() => window.print()}
      >
        Print
      </Button>
      {mayWithdraw && (
        <Button variant="default" onClick={withdrawal.open}>
          Withdraw
        </Button>
      )}
      {mayRevoke && (
        <Button
          variant="default"
          leftSection={<IconBan size={15} aria-hidden />}
          onClick={revocation.open}
        >
          Revoke
        </Button>
      )}
      <ConfirmDanger
        opened={withdrawing}
        onClose={withdrawal.close}
        verb="Withdraw the request"
        name={promotion.purpose}
        consequence="The board can no longer vote on it. Votes already cast stay on record and decide nothing. You can ask again."
        onConfirm={() => withdraw.mutateAsync({ id: promotion.id })}
      />
      <ConfirmDanger
        opened={revoking}
        onClose={revocation.close}
        verb="Revoke the approval"
        name={promotion.purpose}
        withReason
        consequence={`${nameOf(promotion.model)} stops answering for ${promotion.purpose} at once, for everybody who calls it. Serving it again needs a new decision of the board.`}
        onConfirm={(reason) => revoke.mutateAsync({ id: promotion.id, reason })}
      />
    </>
  );
}
