import { CopyButton, Tooltip, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";

export interface CopyableIdProps {
  readonly value: string;
  /** What is shown when the value is too long to read. */
  readonly shown?: string;
  readonly what?: string;
}

/** An id that copies itself when pressed. */
export const CopyableId = ({ value, shown = value, what = "id" }: CopyableIdProps) => (
  <CopyButton value={value} timeout={1500}>
    {({ copied, copy }) => {
      const Icon = copied ? IconCheck : IconCopy;
      return (
        <Tooltip label={copied ? "Copied" : shown === value ? `Copy the ${what}` : value} maw={520}>
          <UnstyledButton
            onClick={copy}
            className="mono"
            style={{
              // Inline, so that after a long id the icon stands behind its last character.
              display: "inline",
              // What is hidden inside must not widen a page whose table scrolls.
              position: "relative",
              color: "var(--mantine-color-dimmed)",
              textAlign: "left",
              overflowWrap: "anywhere",
              whiteSpace: shown === value ? undefined : "nowrap",
            }}
          >
            <span aria-hidden>{shown}</span>
            <VisuallyHidden>
              {copied ? `Copied the ${what}` : `Copy the ${what} ${value}`}
            </VisuallyHidden>
            <Icon size={13} aria-hidden style={{ marginLeft: 4, verticalAlign: "-2px" }} />
          </UnstyledButton>
        </Tooltip>
      );
    }}
  </CopyButton>
);
