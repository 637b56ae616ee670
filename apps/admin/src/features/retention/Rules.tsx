import { Code } from "@mantine/core";
import { KeyValue } from "../../components/KeyValue.tsx";
import { Section } from "../../components/Section.tsx";
import { graceHours } from "./words.ts";

/** What decides; there is nothing to set here. */
export const Rules = () => (
  <Section title="What it follows">
    <KeyValue
      items={[
        [
          "Checkpoints",
          <>
            Each job says how many it keeps (<Code>checkpoints.keep</Code> in its spec); without it,
            all stay. The final one always stays, and so does one that a model was made of or that a
            job still needs.
          </>,
        ],
        [
          "Uploads",
          `One that nobody finished is ended ${graceHours} hours after its time was over.`,
        ],
        [
          "Stored objects",
          `What nothing refers to goes ${graceHours} hours after it was found: given-up uploads, code no job was submitted with, files of removed checkpoints. Every removal is in the audit log before a byte goes.`,
        ],
        [
          "Always stay",
          "Versions of datasets and models, and whatever else something refers to. Of a removed checkpoint its digest, the names of its files and why it went stay on its job’s page.",
        ],
      ]}
    />
  </Section>
);
