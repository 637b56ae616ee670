import { Select } from "@mantine/core";
import { useField } from "./form-context.ts";

/** The container image a job runs in; asked for only where there is more than one. */
export function ImageField({ images }: { images: readonly string[] }) {
  const field = useField(["compute", "image"]);
  const [first] = images;
  return (
    <Select
      label="Image"
      description={
        field.text === ""
          ? "What the program runs in: the target’s default"
          : "What the program runs in"
      }
      allowDeselect={false}
      data={images.map((image) => ({
        value: image,
        label: image === first ? `${image} (default)` : image,
      }))}
      placeholder={field.text}
      value={field.text === "" ? (first ?? null) : images.includes(field.text) ? field.text : null}
      error={field.error}
      onChange={(value) => field.set(value === first ? undefined : (value ?? undefined))}
    />
  );
}
