import { IconMapPinOff } from "@tabler/icons-react";
import { EmptyState } from "../components/EmptyState.tsx";

export const NotFound = () => (
  <EmptyState
    alone
    icon={IconMapPinOff}
    title="There is nothing at this address"
    sentence="It may belong to another organization, or the link may be cut short. Search by name or id with Ctrl/⌘-K."
    action={{ label: "Go to the overview", href: "/" }}
  />
);
