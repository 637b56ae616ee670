import { ActionIcon, Avatar, Menu, Text, VisuallyHidden } from "@mantine/core";
import { IconKeyboard, IconLogout } from "@tabler/icons-react";
import { queryClient } from "../api/client.ts";
import { useMe } from "../api/me.ts";
import { notifyError } from "../components/notify.ts";

async function signOut(): Promise<void> {
  const { authClient } = await import("../features/sign-in/auth-client.ts");
  const { error } = await authClient.signOut();
  if (error)
    return notifyError("You are still signed in", new Error(error.message ?? "Try again."));
  queryClient.clear();
  window.location.assign("/sign-in");
}

export function AccountMenu({ onHelp }: { onHelp: () => void }) {
  const { user, roles } = useMe();
  return (
    <Menu width={240}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" radius="xl">
          <Avatar size={28} name={user.name} color="petrol" alt="" />
          <VisuallyHidden>Account of {user.name}</VisuallyHidden>
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text size="sm" fw={600} c="var(--mantine-color-text)">
            {user.name}
          </Text>
          <Text size="xs">{user.email}</Text>
          <Text size="xs">{roles.length > 0 ? roles.join(", ") : "no role"}</Text>
        </Menu.Label>
        <Menu.Divider />
        <Menu.Item leftSection={<IconKeyboard size={16} />} onClick={onHelp}>
          Keyboard help
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void signOut()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
