import { Select, SimpleGrid, Stack, Textarea, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { deIdentificationMethods } from "@preceptor/domain";
import { Section } from "../../../components/Section.tsx";
import { deIdentificationWords } from "../de-identification.ts";
import type { RegistrationForm } from "./registration.ts";

interface RegistrationFieldsProps {
  readonly form: UseFormReturnType<RegistrationForm>;
  readonly disabled: boolean;
}

const methods = deIdentificationMethods.filter((method) => method !== "none");

export function RegistrationFields({ form, disabled }: RegistrationFieldsProps) {
  const chosen = methods.find((method) => method === form.values.deIdentification);
  return (
    <>
      <Section title="What it is">
        <Stack gap="sm">
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <TextInput
              label="Name"
              description="Lower-case letters, digits and hyphens"
              required
              disabled={disabled}
              {...form.getInputProps("name")}
            />
            <TextInput
              label="Title"
              description="As people say it"
              maxLength={120}
              disabled={disabled}
              {...form.getInputProps("title")}
            />
          </SimpleGrid>
          <Textarea
            label="Description"
            description="Where it comes from, what a row is, what is left out"
            autosize
            minRows={2}
            maxLength={4000}
            disabled={disabled}
            {...form.getInputProps("description")}
          />
        </Stack>
      </Section>
      <Section title="Permit">
        <Stack gap="sm">
          <Select
            label="How it was de-identified"
            description={
              chosen ? deIdentificationWords[chosen].meaning : "Required for every dataset"
            }
            required
            disabled={disabled}
            placeholder="Choose the method"
            data={methods.map((value) => ({ value, label: deIdentificationWords[value].word }))}
            {...form.getInputProps("deIdentification")}
          />
          <Textarea
            label="Statement"
            description="Who vouches for it, when and on what ground; shown wherever the data is used"
            required
            autosize
            minRows={2}
            maxLength={4000}
            disabled={disabled}
            {...form.getInputProps("statement")}
          />
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <TextInput
              label="Licence"
              description="If one applies"
              maxLength={200}
              disabled={disabled}
              {...form.getInputProps("licence")}
            />
            <TextInput
              label="Patient field"
              description="Names the patient in .jsonl; only keyed hashes are kept"
              placeholder="patient_id"
              maxLength={60}
              disabled={disabled}
              {...form.getInputProps("subjectField")}
            />
          </SimpleGrid>
        </Stack>
      </Section>
    </>
  );
}
