import { ActionIcon, Indicator, Popover, Stack, Text, UnstyledButton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconBell } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { trpc } from "../api/client.ts";
import { pathOfKind } from "./paths.ts";

/** What waits for the one who is signed in: votes to cast, jobs to look at. */
export function Bell() {
  const [open, { toggle, close }] = useDisclosure(false);
  const router = useRouter();
  const overview = useQuery(
    trpc.overview.read.queryOptions(undefined, { refetchInterval: 30_000 }),
  );
  const waiting = overview.data?.waitingForYou ?? [];
  const count = waiting.length;
  return (
    <Popover opened={open} onChange={close} position="bottom-end" width={320} shadow="md">
      <Indicator disabled={count === 0} label={count} size={16} offset={6} color="red">
        <Popover.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            onClick={toggle}
            aria-label={count === 0 ? "Nothing waits for you" : `${count} waiting for you`}
          >
            <IconBell size={19} stroke={1.6} />
          </ActionIcon>
        </Popover.Target>
      </Indicator>
      <Popover.Dropdown>
        <Text fw={600} size="sm" mb="xs">
          Waiting for you
        </Text>
        {count === 0 && (
          <Text size="sm" c="dimmed">
            Nothing. Requests for your vote and jobs of yours that need a look appear here.
          </Text>
        )}
        <Stack gap="xs">
          {waiting.map((item) => (
            <UnstyledButton
              key={`${item.kind}:${item.id}`}
              onClick={() => {
                close();
                void router.navigate({ href: pathOfKind(item.kind, item.id) ?? "/" });
              }}
            >
              <Text size="sm" fw={550}>
                {item.title}
              </Text>
              <Text size="xs" c="dimmed">
                {item.detail}
              </Text>
            </UnstyledButton>
          ))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
