import { Button, Menu, Text } from "@mantine/core";
import { IconBuildingHospital, IconCheck, IconSelector } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { queryClient, trpc } from "../api/client.ts";
import { useMe } from "../api/me.ts";
import { notifyError } from "../components/notify.ts";

/** Another organization is another world: everything that was loaded is dropped before the overview opens. */
export function OrganizationSwitch() {
  const { organization, organizations } = useMe();
  const router = useRouter();
  const change = useMutation(
    trpc.access.switchOrganization.mutationOptions({
      onSuccess: async () => {
        queryClient.clear();
        await router.navigate({ to: "/" });
        await router.invalidate();
      },
      onError: (error) => notifyError("The organization was not changed", error),
    }),
  );
  const name = organization?.name ?? "No organization";
  if (organizations.length < 2)
    return (
      <Text size="sm" c="dimmed" truncate title={name} maw={260} style={{ minWidth: 0 }}>
        {name}
      </Text>
    );
  return (
    <Menu>
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          loading={change.isPending}
          rightSection={<IconSelector size={14} aria-hidden />}
          aria-label={`Organization: ${name}. Change it`}
          style={{ minWidth: 0, flexShrink: 1 }}
        >
          {name}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Organization</Menu.Label>
        {organizations.map((one) => (
          <Menu.Item
            key={one.id}
            leftSection={
              one.id === organization?.id ? (
                <IconCheck size={16} />
              ) : (
                <IconBuildingHospital size={16} />
              )
            }
            onClick={() => change.mutate({ organizationId: one.id })}
          >
            {one.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
