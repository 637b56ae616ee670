import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconArrowBackUp, IconPlayerStop } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { trpc } from "../../../api/client.ts";
import { useMay } from "../../../api/me.ts";
import { ConfirmDanger } from "../../../components/ConfirmDanger.tsx";
import { HeldButton } from "../../../components/HeldButton.tsx";
import { notifyDone } from "../../../components/notify.ts";
import { pathOf } from "../../../frame/paths.ts";
import { type DeploymentNow, isCanary, modelOf } from "../deployment-type.ts";
import { refreshDeployments } from "../refresh.ts";
import { useFormer } from "./use-former.ts";

const isReady = ({ desired, status }: DeploymentNow): boolean =>
  desired === "serving" && status === "healthy";

const comesBack = (now: DeploymentNow, former: DeploymentNow): string =>
  `${modelOf(former)} will answer for ${now.purpose} instead of ${modelOf(now)}, under its own approval, which still holds. ${
    isReady(former)
      ? "It still runs, so it has all requests back at once."
      : `It is started first; ${modelOf(now)} keeps answering until it is healthy, so no request is lost.`
  }`;

export function DeploymentActions({ deployment }: { deployment: DeploymentNow }) {
  const navigate = useNavigate();
  const [rollingBack, back] = useDisclosure(false);
  const [stopping, stopAsked] = useDisclosure(false);
  const mayRollBack = useMay("deployment:roll-back") && deployment.routed;
  const mayStop = useMay("deployment:stop") && deployment.desired === "serving";
  const over = deployment.status === "stopped" || deployment.status === "failed";
  const former = useFormer(deployment, mayRollBack);
  const traffic = useQuery(
    trpc.deployment.traffic.queryOptions({ purpose: deployment.purpose }, { enabled: mayRollBack }),
  );
  // While one answers a part, that part is what a roll-back takes back.
  const canary = traffic.data?.deployments.find(({ routed, percent }) => !routed && percent > 0);
  const rollBack = useMutation(
    trpc.deployment.rollBack.mutationOptions({
      onSuccess: (opened) => {
        if (opened.id === deployment.id)
          notifyDone("Rolled back", `${modelOf(opened)} answers everything again.`);
        else if (opened.routed)
          notifyDone("Rolled back", `${modelOf(opened)} answers for ${opened.purpose} again.`);
        else
          notifyDone("Rolling back", `${modelOf(opened)} is being started for ${opened.purpose}.`);
        void refreshDeployments();
        void navigate({ href: pathOf.deployment(opened.id) });
      },
    }),
  );
  const stop = useMutation(
    trpc.deployment.stop.mutationOptions({
      onSuccess: () => {
        notifyDone("The deployment is being stopped");
        void refreshDeployments();
      },
    }),
  );
  const { purpose } = deployment;
  const nothingBefore =
    former === null
      ? `No other model has served ${purpose} under an approval that still holds`
      : "Looking for the model that served before";
  return (
    <>
      {mayRollBack && (
        <HeldButton
          variant="default"
          leftSection={<IconArrowBackUp size={16} aria-hidden />}
          why={!traffic.isPending && (former || canary) ? undefined : nothingBefore}
          onClick={back.open}
        >
          Roll back
        </HeldButton>
      )}
      {mayStop && !over && (
        <Button
          variant="default"
          leftSection={<IconPlayerStop size={15} aria-hidden />}
          onClick={stopAsked.open}
        >
          Stop
        </Button>
      )}
      {(former || canary) && (
        <ConfirmDanger
          opened={rollingBack}
          onClose={back.close}
          verb="Roll back"
          name={purpose}
          withReason
          consequence={
            canary
              ? `${modelOf(deployment)} answers everything for ${purpose} again at once. The ${canary.percent} % that ${canary.model} has end; it goes on running, and costing, without requests until you stop it.`
              : former
                ? comesBack(deployment, former)
                : ""
          }
          onConfirm={(reason) => rollBack.mutateAsync({ purpose, reason })}
        />
      )}
      <ConfirmDanger
        opened={stopping}
        onClose={stopAsked.close}
        verb="Stop the deployment"
        name={purpose}
        withReason
        consequence={
          deployment.routed
            ? `Nothing will answer for ${purpose} any more: every call of it is refused from then on. To serve it again, roll back or ask for a promotion.`
            : isCanary(deployment)
              ? `${modelOf(deployment)} is stopped. The ${deployment.share} % of requests it has are answered by the routed one from then on.`
              : `${modelOf(deployment)} is stopped. It does not answer requests now, so nobody who calls ${purpose} notices.`
        }
        onConfirm={(reason) => stop.mutateAsync({ id: deployment.id, reason })}
      />
    </>
  );
}
