import { NumberInput, TextInput } from "@mantine/core";
import { useState } from "react";
import type { Path } from "./draft.ts";
import { useField } from "./form-context.ts";

interface FieldProps {
  readonly path: Path;
  readonly label: string;
  readonly description?: string;
  readonly required?: boolean;
  readonly placeholder?: string;
}

export function TextField({ path, required = false, ...rest }: FieldProps) {
  const field = useField(path);
  return (
    <TextInput
      {...rest}
      withAsterisk={required}
      value={field.text}
      error={field.error}
      onChange={(event) => field.set(event.currentTarget.value || undefined)}
    />
  );
}

export function CountField({
  path,
  min,
  max,
  required = false,
  ...rest
}: FieldProps & { min: number; max: number }) {
  const field = useField(path);
  return (
    <NumberInput
      {...rest}
      withAsterisk={required}
      min={min}
      max={max}
      allowDecimal={false}
      value={typeof field.value === "number" ? field.value : field.text}
      error={field.error}
      onChange={(value) => field.set(value === "" ? undefined : value)}
    />
  );
}

/** Fields of one row keep their inputs on one line though their descriptions differ in length. */
const bottomAligned = {
  root: { display: "flex", flexDirection: "column" },
  wrapper: { marginTop: "auto" },
} as const;

/** A number as its author writes it: 1e-4 stays 1e-4 while it is typed. What is no number is kept as text, for the check to name. */
export function FigureField({ path, required = false, ...rest }: FieldProps) {
  const field = useField(path);
  const [typed, setTyped] = useState(field.text);
  const shown = Number(typed) === field.value || typed === field.value ? typed : field.text;
  return (
    <TextInput
      {...rest}
      withAsterisk={required}
      inputMode="decimal"
      styles={bottomAligned}
      value={shown}
      error={field.error}
      onChange={(event) => {
        const text = event.currentTarget.value;
        setTyped(text);
        const number = Number(text);
        field.set(text.trim() === "" ? undefined : Number.isFinite(number) ? number : text);
      }}
    />
  );
}
