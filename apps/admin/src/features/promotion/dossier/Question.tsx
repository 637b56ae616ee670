import { Text } from "@mantine/core";
import { Section, type SectionProps } from "../../../components/Section.tsx";
import classes from "./Dossier.module.css";

/** One question of the dossier and its answer: ruled like a page, so that it prints as one. */
export const Question = (props: Omit<SectionProps, "className">) => (
  <Section {...props} className={classes.section} />
);

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
