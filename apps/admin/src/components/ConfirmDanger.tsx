import { Stack, Text, Textarea, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { Dialog } from "./Dialog.tsx";
import { SubmitRow } from "./SubmitRow.tsx";

export interface ConfirmDangerProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  /** What will be done, as the button says it: "Cancel the job". */
  readonly verb: string;
  /** The name that must be typed. */
  readonly name: string;
  /** What will happen and to whom. */
  readonly consequence: ReactNode;
  /** Asks for a reason too, of at least ten characters. */
  readonly withReason?: boolean;
  readonly onConfirm: (reason: string) => Promise<unknown>;
}

export function ConfirmDanger(props: ConfirmDangerProps) {
  return props.opened ? (
    <Dialog onClose={props.onClose} title={props.verb}>
      <DangerForm {...props} />
    </Dialog>
  ) : null;
}

function DangerForm({
  name,
  verb,
  consequence,
  withReason = false,
  onConfirm,
  onClose,
}: ConfirmDangerProps) {
  const [typed, setTyped] = useState("");
  const [reason, setReason] = useState("");
  const [state, setState] = useState<{ busy: boolean; error: unknown }>({
    busy: false,
    error: null,
  });
  const missing =
    withReason && reason.trim().length < 10
      ? "Give a reason of at least ten characters first"
      : typed.trim() === name
        ? undefined
        : `Type ${name} first`;
  const confirm = async () => {
    setState({ busy: true, error: null });
    try {
      await onConfirm(reason.trim());
      onClose();
    } catch (error) {
      setState({ busy: false, error });
    }
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (missing === undefined) void confirm();
      }}
    >
      <Stack>
        <Text size="sm" component="div">
          {consequence}
        </Text>
        {withReason && (
          <Textarea
            label="Reason"
            description="At least ten characters; kept in the audit log"
            autosize
            minRows={2}
            value={reason}
            data-autofocus
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        )}
        <TextInput
          label={
            <>
              Type <b>{name}</b> to go on
            </>
          }
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          autoComplete="off"
          data-autofocus={!withReason || undefined}
        />
        <SubmitRow
          label={verb}
          failed="It was not done"
          error={state.error}
          busy={state.busy}
          why={missing}
          danger
          leave={{ label: "Keep it as it is", press: onClose }}
        />
      </Stack>
    </form>
  );
}
