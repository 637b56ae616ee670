import { ActionIcon, Button, Kbd } from "@mantine/core";
import { spotlight } from "@mantine/spotlight";
import { IconSearch } from "@tabler/icons-react";

const modifier = navigator.platform.startsWith("Mac") ? "⌘" : "Ctrl";

export const SearchButton = () => (
  <>
    <Button
      visibleFrom="md"
      variant="default"
      size="compact-md"
      c="dimmed"
      fw={400}
      leftSection={<IconSearch size={15} aria-hidden />}
      rightSection={<Kbd size="xs">{modifier} K</Kbd>}
      onClick={spotlight.open}
      w={240}
      styles={{ inner: { justifyContent: "flex-start" }, label: { flex: 1 } }}
    >
      Search
    </Button>
    <ActionIcon
      hiddenFrom="md"
      variant="subtle"
      color="gray"
      size="lg"
      onClick={spotlight.open}
      aria-label="Search and commands"
    >
      <IconSearch size={19} />
    </ActionIcon>
  </>
);
