import { Alert, Button, Group } from "@mantine/core";
import type { ReactNode } from "react";
import { messageOf } from "../api/error.ts";
import { HeldButton } from "./HeldButton.tsx";
import { useFocusBack } from "./use-focus-back.ts";

interface SubmitRowProps {
  /** What the button does: "Define the suite". */
  readonly label: string;
  readonly busy: boolean;
  /** What came back instead: something thrown, or a sentence; null while nothing did. */
  readonly error: unknown;
  /** What did not happen: "The suite is not defined". */
  readonly failed?: string;
  /** Why it cannot be sent yet. */
  readonly why?: string | undefined;
  readonly icon?: ReactNode;
  readonly danger?: boolean;
  /** In a dialog: how one leaves without sending. */
  readonly leave?: { readonly label: string; readonly press: () => void };
  /** On a narrow card: the button is as wide as the fields. */
  readonly wide?: boolean;
}

/** The end of every form: what went wrong, then the button, and in a dialog the way out. */
export function SubmitRow(props: SubmitRowProps) {
  const { label, busy, error, failed, why, icon, danger = false, leave, wide = false } = props;
  const button = useFocusBack(busy);
  return (
    <>
      {error !== null && (
        <Alert color="red" role="alert" title={failed}>
          {typeof error === "string" ? error : messageOf(error)}
        </Alert>
      )}
      <Group justify={leave ? "flex-end" : "flex-start"} grow={wide}>
        {leave && (
          <Button variant="default" onClick={leave.press}>
            {leave.label}
          </Button>
        )}
        <HeldButton
          ref={button}
          type="submit"
          why={why}
          loading={busy}
          leftSection={icon}
          {...(danger ? { color: "red" } : {})}
        >
          {label}
        </HeldButton>
      </Group>
    </>
  );
}
