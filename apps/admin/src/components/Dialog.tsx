import { Modal, type ModalProps, Text } from "@mantine/core";
import { type ReactNode, useEffect, useState } from "react";

interface DialogProps {
  readonly title: ReactNode;
  readonly onClose: () => void;
  readonly size?: ModalProps["size"];
  readonly children: ReactNode;
}

/** A dialog that is open as long as it is drawn. It gives the focus back itself: a Modal that is taken away does not. */
export function Dialog({ title, onClose, size = "md", children }: DialogProps) {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      if (before instanceof HTMLElement) before.focus();
    },
    [before],
  );
  return (
    <Modal opened onClose={onClose} size={size} title={<Text fw={600}>{title}</Text>}>
      {children}
    </Modal>
  );
}
