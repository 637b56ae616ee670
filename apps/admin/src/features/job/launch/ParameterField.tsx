import { Select, Switch } from "@mantine/core";
import { FigureField, TextField } from "./fields.tsx";
import { useField } from "./form-context.ts";
import type { RecipeChoice } from "./recipe-draft.ts";

type Parameter = RecipeChoice["parameters"]["properties"][string];

/** 4,294,967,295 and 1e-7: as people read them. */
const plain = (value: number): string =>
  Math.abs(value) >= 1 ? value.toLocaleString("en-US") : String(value);

/** Range and default in words: "from 1 to 4096, default 8". */
function rangeOf(parameter: Parameter): string {
  const from = parameter.minimum ?? parameter.exclusiveMinimum;
  const low =
    from === undefined
      ? null
      : `${parameter.minimum === undefined ? "above" : "from"} ${plain(from)}`;
  const high = parameter.maximum === undefined ? null : `to ${plain(parameter.maximum)}`;
  const range = [low, high].filter(Boolean).join(" ");
  const standard = parameter.default === undefined ? null : `default ${String(parameter.default)}`;
  return [range, standard].filter(Boolean).join(", ");
}

/** One field drawn from the recipe's JSON Schema. */
export function ParameterField({
  name,
  parameter,
  required,
}: {
  name: string;
  parameter: Parameter;
  required: boolean;
}) {
  const path = ["parameters", name];
  const field = useField(path);
  const label = parameter.title ?? name;
  const description = [parameter.description, rangeOf(parameter)].filter(Boolean).join(" · ");
  if (parameter.type === "boolean")
    return (
      <Switch
        label={label}
        description={description}
        checked={field.value === true}
        error={field.error}
        onChange={(event) => field.set(event.currentTarget.checked)}
      />
    );
  if (parameter.enum)
    return (
      <Select
        label={label}
        description={description}
        withAsterisk={required}
        data={parameter.enum.map(String)}
        value={field.text || null}
        error={field.error}
        onChange={(text) => field.set(parameter.enum?.find((one) => String(one) === text))}
      />
    );
  if (parameter.type === "string") return <TextField {...{ path, label, description, required }} />;
  return <FigureField {...{ path, label, description, required }} />;
}
