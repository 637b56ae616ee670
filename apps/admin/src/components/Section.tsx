import { Paper, Text, Title } from "@mantine/core";
import { type ReactNode, useId } from "react";

export interface SectionProps {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly children: ReactNode;
  /** Of a section that is drawn otherwise than as a card. */
  readonly className?: string | undefined;
}

/** A part of a form or a page, under the heading that names it. */
export function Section({ title, lead, children, className }: SectionProps) {
  const id = useId();
  const content = (
    <>
      <Title order={2} id={id} mb={lead ? 4 : "sm"}>
        {title}
      </Title>
      {lead && (
        <Text size="sm" c="dimmed" mb="sm" component="div">
          {lead}
        </Text>
      )}
      {children}
    </>
  );
  return className === undefined ? (
    <Paper component="section" aria-labelledby={id}>
      {content}
    </Paper>
  ) : (
    <section className={className} aria-labelledby={id}>
      {content}
    </section>
  );
}
