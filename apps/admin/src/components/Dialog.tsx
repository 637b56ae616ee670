import { Modal, type ModalProps, Text } from "@mantine/core";
import { type ReactNode, useEffect, useState } from "react";

interface DialogProps {
  readonly title: ReactNode;
  readonly onClose: () => void;
  readonly size?: ModalProps["size"];
  readonly children: ReactNode;
}

/**
 * A dialog that is open as long as it is drawn. It gives the focus back itself: a Modal that is taken away does not.
 * What opened it may be gone by then, as the row of whatever was removed; the focus goes to the screen's content then.
 */
export function Dialog({ title, onClose, size = "md", children }: DialogProps) {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      const back = before?.isConnected ? before : document.querySelector("#main");
      if (back instanceof HTMLElement) back.focus();
    },
    [before],
  );
  return (
    <Modal opened onClose={onClose} size={size} title={<Text fw={600}>{title}</Text>}>
      {children}
    </Modal>
  );
}
