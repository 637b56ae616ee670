import { notifications } from "@mantine/notifications";
import { messageOf } from "../api/error.ts";

const closeButtonProps = { "aria-label": "Close the message" };

export const notifyDone = (title: string, message = ""): void => {
  notifications.show({ title, message, color: "green", closeButtonProps });
};

/** `title` says what did not happen; the error says why. Stays until it is closed. */
export const notifyError = (title: string, error: unknown): void => {
  notifications.show({
    title,
    message: messageOf(error),
    color: "red",
    autoClose: false,
    closeButtonProps,
  });
};
