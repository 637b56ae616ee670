import { Button, Stack, Text, ThemeIcon, Title } from "@mantine/core";
import type { IconBox } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";

export interface EmptyStateProps {
  readonly icon: typeof IconBox;
  readonly title: string;
  readonly sentence: ReactNode;
  /** The one next thing to do. */
  readonly action?:
    | { label: string; href: string }
    | { label: string; onClick: () => void }
    | undefined;
  readonly children?: ReactNode;
  /** Where nothing else names the screen. */
  readonly alone?: boolean;
}

export const EmptyState = ({
  icon: Icon,
  title,
  sentence,
  action,
  children,
  alone = false,
}: EmptyStateProps) => (
  <Stack align="center" gap="xs" py={56} px="md" ta="center">
    <ThemeIcon variant="light" color="gray" size={52} radius="xl">
      <Icon size={26} stroke={1.5} aria-hidden />
    </ThemeIcon>
    <Title order={alone ? 1 : 2} size="h2" mt="xs">
      {title}
    </Title>
    <Text c="dimmed" maw={460}>
      {sentence}
    </Text>
    {action && "href" in action && (
      <Button component={Link} to={action.href} mt="xs">
        {action.label}
      </Button>
    )}
    {action && "onClick" in action && (
      <Button onClick={action.onClick} mt="xs">
        {action.label}
      </Button>
    )}
    {children}
  </Stack>
);
