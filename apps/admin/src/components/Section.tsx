import { Paper, Text, Title } from "@mantine/core";
import { type ReactNode, useId } from "react";

interface SectionProps {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly children: ReactNode;
}

/** A part of a form or a page, under the heading that names it. */
export function Section({ title, lead, children }: SectionProps) {
  const id = useId();
  return (
    <Paper component="section" aria-labelledby={id}>
      <Title order={2} id={id} mb={lead ? 4 : "sm"}>
        {title}
      </Title>
      {lead && (
        <Text size="sm" c="dimmed" mb="sm" component="div">
          {lead}
        </Text>
      )}
      {children}
    </Paper>
  );
}
