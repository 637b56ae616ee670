import { ActionIcon, type ActionIconProps, Tooltip } from "@mantine/core";
import type { ComponentPropsWithoutRef } from "react";

interface HeldIconProps
  extends ActionIconProps, Omit<ComponentPropsWithoutRef<"button">, keyof ActionIconProps> {
  /** What it does; its accessible name. */
  readonly label: string;
  /** Why it cannot be pressed now; undefined when it can. */
  readonly why: string | undefined;
}

/** A HeldButton that is only an icon: its tip says what it does, or why it cannot now. */
export const HeldIcon = ({ label, why, ...icon }: HeldIconProps) => (
  <Tooltip label={why ?? label} events={{ hover: true, focus: true, touch: true }}>
    {why === undefined ? (
      <ActionIcon {...icon} aria-label={label} />
    ) : (
      <ActionIcon
        {...icon}
        aria-label={label}
        data-disabled
        aria-disabled
        onClick={(event) => event.preventDefault()}
      />
    )}
  </Tooltip>
);
