import { useEffect, useRef } from "react";

/** For a button that is disabled while it is busy, which takes the focus from it: whoever pressed it with the keyboard has it back after. */
export function useFocusBack(busy: boolean) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(
    () => () => {
      if (busy && document.activeElement === document.body) button.current?.focus();
    },
    [busy],
  );
  return button;
}
