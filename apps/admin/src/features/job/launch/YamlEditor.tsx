import { Textarea } from "@mantine/core";
import { useState } from "react";
import { parse, stringify } from "yaml";
import { asDraft, type Draft } from "./draft.ts";

interface YamlEditorProps {
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
  /** A problem with the text itself; null when it can be read. */
  readonly onProblem: (problem: string | null) => void;
  readonly problem: string | null;
}

/** Without the excerpt under it: the text itself stands above. */
const firstLineOf = (message: string): string =>
  `${(message.split("\n", 1)[0] ?? "").replace(/:$/, "")}.`;

/** The same spec as text. What cannot be read stays on the screen; the form keeps the last text that could. */
export function YamlEditor({ draft, onChange, onProblem, problem }: YamlEditorProps) {
  const [text, setText] = useState(() => stringify(draft, { lineWidth: 0 }));
  const change = (next: string) => {
    setText(next);
    try {
      const read = asDraft(parse(next));
      onProblem(read ? null : "A job is a list of `key: value` lines.");
      if (read) onChange(read);
    } catch (error) {
      onProblem(error instanceof Error ? firstLineOf(error.message) : "This is not YAML.");
    }
  };
  return (
    <Textarea
      label="The job as YAML"
      description="The same file that preceptor job submit takes; changes here are in the form, and back"
      value={text}
      onChange={(event) => change(event.currentTarget.value)}
      error={problem}
      autosize
      minRows={20}
      maxRows={40}
      spellCheck={false}
      styles={{
        input: {
          fontFamily: "var(--mantine-font-family-monospace)",
          fontSize: 12.5,
          lineHeight: 1.55,
          // A problem colours the frame and its words, not every line.
          color: "var(--mantine-color-text)",
        },
      }}
    />
  );
}
