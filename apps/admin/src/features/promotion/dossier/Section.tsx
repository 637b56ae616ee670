import { Text, Title } from "@mantine/core";
import { type ReactNode, useId } from "react";
import classes from "./Dossier.module.css";

interface SectionProps {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly children: ReactNode;
}

/** One question of the dossier and its answer. */
export function Section({ title, lead, children }: SectionProps) {
  const id = useId();
  return (
    <section className={classes.section} aria-labelledby={id}>
      <Title order={2} id={id} mb={lead ? 4 : "xs"}>
        {title}
      </Title>
      {lead && (
        <Text size="sm" c="dimmed" mb="sm" component="div">
          {lead}
        </Text>
      )}
      {children}
    </section>
  );
}

/** Text as its author wrote it. */
export const Prose = ({ text, absent }: { text: string; absent: string }) => (
  <div className={classes.prose}>
    {text.trim() || (
      <Text span c="dimmed" fs="italic">
        {absent}
      </Text>
    )}
  </div>
);
