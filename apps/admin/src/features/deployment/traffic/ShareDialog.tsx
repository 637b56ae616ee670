import { NumberInput, Radio, Stack, Text, Textarea } from "@mantine/core";
import { useForm } from "@mantine/form";
import { MOST_MIRRORED_PERCENT, ShareDeployment } from "@preceptor/domain";
import { useMutation } from "@tanstack/react-query";
import { trpc } from "../../../api/client.ts";
import { problemsOf } from "../../../api/problem.ts";
import { Dialog } from "../../../components/Dialog.tsx";
import { notifyDone } from "../../../components/notify.ts";
import { SubmitRow } from "../../../components/SubmitRow.tsx";
import { refreshDeployments } from "../refresh.ts";
import type { PartNow, TrafficNow } from "./traffic-words.ts";

export type ShareMove = "share" | "promote" | "take-back";
interface ShareDialogProps {
  readonly move: ShareMove;
  readonly traffic: TrafficNow;
  /** As it was when the dialog was opened: if it is otherwise by then, the server refuses. */
  readonly part: PartNow;
  readonly onClose: () => void;
}

export function ShareDialog({ move, traffic, part, onClose }: ShareDialogProps) {
  const routed = traffic.deployments.find((one) => one.routed) ?? null;
  const shadow = part.stage === "shadow";
  const toInput = (values: Values) => inputOf(move, part, routed, values);
  const form = useForm<Values>({
    initialValues: {
      as: shadow || part.wantedMirrorPercent > 0 ? "copies" : "answers",
      percent: firstPercent(part),
      reason: "",
    },
    validate: (values) => ({
      ...problemsOf(ShareDeployment, toInput(values)),
      ...(move === "share" && !isIn(values.percent, mostOf(values.as))
        ? { percent: `Give a whole percentage from 1 to ${mostOf(values.as)}` }
        : {}),
    }),
  });
  const copies = getsCopies(move, form.values);
  const share = useMutation(
    trpc.deployment.share.mutationOptions({
      onSuccess: async () => {
        notifyDone(done[move], `${part.model} for ${traffic.purpose}`);
        onClose();
        await refreshDeployments();
      },
    }),
  );
  const { percent } = form.values;
  const most = mostOf(form.values.as);
  const sayable = move !== "share" || isIn(percent, most);
  return (
    <Dialog onClose={onClose} title={titles[move](part)}>
      <form noValidate onSubmit={form.onSubmit((values) => share.mutate(toInput(values)))}>
        <Stack>
          {move === "share" && (
            <>
              <Radio.Group label="What it gets" {...form.getInputProps("as")}>
                <Stack gap={6} mt={6}>
                  <Radio
                    value="answers"
                    data-autofocus={!copies || undefined}
                    disabled={shadow}
                    label="A part of the requests"
                    description={
                      shadow ? "Not this one: it was approved as a shadow" : "It answers them"
                    }
                  />
                  <Radio
                    value="copies"
                    data-autofocus={copies || undefined}
                    label="Copies of requests"
                    description="Its answers are thrown away; nobody waits for them"
                  />
                </Stack>
              </Radio.Group>
              <NumberInput
                label="Percentage"
                description={`Whole, 1 to ${most}`}
                min={1}
                max={most}
                clampBehavior="none"
                allowDecimal={false}
                suffix=" %"
                {...form.getInputProps("percent")}
              />
            </>
          )}
          {sayable && (
            <Text size="sm" component="output">
              {consequence(move, copies, percent, part, routed)}
            </Text>
          )}
          <Textarea
            label="Reason"
            description="At least ten characters; kept with the change"
            autosize
            minRows={2}
            data-autofocus={move !== "share" || undefined}
            {...form.getInputProps("reason")}
          />
          <SubmitRow
            label={sayable ? labels[move](percent) : "Give it a share"}
            failed="Nothing was changed"
            error={share.error}
            busy={share.isPending}
            leave={{ label: "Keep it as it is", press: onClose }}
          />
        </Stack>
      </form>
    </Dialog>
  );
}

interface Values {
  as: string;
  percent: number;
  reason: string;
}
const mostOf = (as: string): number => (as === "copies" ? MOST_MIRRORED_PERCENT : 99);
const isIn = (percent: number, most: number): boolean =>
  Number.isInteger(percent) && percent >= 1 && percent <= most;
const getsCopies = (move: ShareMove, { as }: Values): boolean =>
  move === "share" && as === "copies";

/** Of what is asked, a share is never a mirror as well: the form has one percentage for both. */
function inputOf(move: ShareMove, part: PartNow, routed: PartNow | null, values: Values) {
  const copies = getsCopies(move, values);
  const share = { promote: 100, "take-back": 0, share: copies ? 0 : values.percent };
  return {
    deploymentId: part.deploymentId,
    percent: share[move],
    mirrorPercent: copies ? values.percent : 0,
    reason: values.reason,
    expected: {
      routedDeploymentId: routed?.deploymentId ?? null,
      percent: part.wantedPercent,
      mirrorPercent: part.wantedMirrorPercent,
    },
  };
}

const firstPercent = ({ wantedPercent, wantedMirrorPercent }: PartNow): number => {
  if (wantedMirrorPercent > 0) return wantedMirrorPercent;
  return wantedPercent > 0 && wantedPercent < 100 ? wantedPercent : 10;
};
const titles: Readonly<Record<ShareMove, (part: PartNow) => string>> = {
  share: ({ model }) => `Give ${model} a share`,
  promote: ({ model }) => `Promote ${model} to 100 %`,
  "take-back": ({ model }) => `Take back what ${model} gets`,
};
const labels: Readonly<Record<ShareMove, (percent: number) => string>> = {
  share: (percent) => `Give it ${percent} %`,
  promote: () => "Promote to 100 %",
  "take-back": () => "Take it back",
};
const done: Readonly<Record<ShareMove, string>> = {
  share: "The share is changed",
  promote: "It answers all requests now",
  "take-back": "It gets no requests any more",
};

function consequence(
  move: ShareMove,
  copies: boolean,
  percent: number,
  part: PartNow,
  routed: PartNow | null,
): string {
  const rest = routed?.model ?? "nobody";
  const once = part.status === "healthy" ? "" : " once it is healthy";
  if (move === "take-back" && part.wantedMirrorPercent > 0)
    return `No copies are sent to ${part.model} any more; everybody is answered as before. It goes on running without requests until it is stopped.`;
  if (move === "take-back")
    return `${rest} answers those requests again, at once. ${part.model} goes on running without requests until it is stopped.`;
  if (move === "promote")
    return `${part.model} answers every request. ${routed ? `${rest} goes on running without requests, so that a roll-back takes effect at once; it costs as much as now until it is stopped.` : ""}`;
  if (copies)
    return `Of a hundred requests about ${percent} are sent to ${part.model} as well${once}. Everybody is answered as without it.`;
  return `Of a hundred requests about ${percent} are answered by ${part.model}${once}, the others as now. If it falls silent or fails, ${rest} answers them.`;
}
