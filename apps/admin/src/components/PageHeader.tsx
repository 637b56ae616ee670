import { Anchor, Breadcrumbs, Group, Stack, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useDocumentTitle } from "@mantine/hooks";
import type { ReactNode } from "react";

export interface PageHeaderProps {
  readonly title: string;
  readonly trail?: readonly { label: string; href: string }[];
  /** State, id: what belongs beside the name. */
  readonly beside?: ReactNode;
  readonly sentence?: ReactNode;
  readonly actions?: ReactNode;
}

export function PageHeader({ title, trail = [], beside, sentence, actions }: PageHeaderProps) {
  useDocumentTitle(`${title} · Preceptor`);
  return (
    <Stack gap={4} mb="md">
      {trail.length > 0 && (
        <Breadcrumbs separatorMargin={6} fz="sm">
          {trail.map((step) => (
            <Anchor key={step.href} component={Link} to={step.href} size="sm" c="dimmed">
              {step.label}
            </Anchor>
          ))}
        </Breadcrumbs>
      )}
      <Group justify="space-between" align="flex-start" gap="sm">
        <Stack gap={4} style={{ minWidth: 0, flex: "1 1 300px" }}>
          <Group gap="sm" align="center">
            <Title order={1} style={{ overflowWrap: "anywhere" }}>
              {title}
            </Title>
            {beside}
          </Group>
          {sentence && (
            <Text c="dimmed" maw={760} component="div">
              {sentence}
            </Text>
          )}
        </Stack>
        {actions && (
          <Group gap="xs" className="no-print">
            {actions}
          </Group>
        )}
      </Group>
    </Stack>
  );
}
