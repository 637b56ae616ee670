import { Button, type ButtonProps, Tooltip } from "@mantine/core";
import type { ComponentProps } from "react";

interface HeldButtonProps extends ButtonProps, Omit<ComponentProps<"button">, keyof ButtonProps> {
  /** Why it cannot be pressed now; undefined when it can. */
  readonly why: string | undefined;
}

/** A button that, while it cannot be pressed, says why: on hover, on focus and to a screen reader. */
export const HeldButton = ({ why, ...button }: HeldButtonProps) => (
  <Tooltip
    label={why}
    disabled={why === undefined}
    events={{ hover: true, focus: true, touch: true }}
  >
    {why === undefined ? (
      <Button {...button} />
    ) : (
      // Not `disabled`: that would take it out of the keyboard's reach, and the reason with it.
      <Button {...button} data-disabled aria-disabled onClick={(event) => event.preventDefault()} />
    )}
  </Tooltip>
);
