import { NativeSelect, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { queryClient, trpc } from "../../api/client.ts";
import { Dialog } from "../../components/Dialog.tsx";
import { SubmitRow } from "../../components/SubmitRow.tsx";
import { ShownOnce } from "./ShownOnce.tsx";

export function CreateApiKey({ onClose }: { onClose: () => void }) {
  const form = useForm({
    initialValues: { name: "", days: "90" },
    validate: { name: (name) => (name.trim() === "" ? "Say which program it is for" : null) },
  });
  const create = useMutation(
    trpc.access.createApiKey.mutationOptions({
      onSuccess: () =>
        void queryClient.invalidateQueries({ queryKey: trpc.access.apiKeys.queryKey() }),
    }),
  );
  return (
    <Dialog onClose={onClose} title="Create an API key">
      {create.data ? (
        <ShownOnce label="API key" value={create.data.key} onDone={onClose}>
          Copy it now into the program’s secrets. Only its hash is kept here, so it cannot be shown
          again.
        </ShownOnce>
      ) : (
        <form
          noValidate
          onSubmit={form.onSubmit(({ name, days }) =>
            create.mutate({ name, ...(days === "" ? {} : { expiresInDays: Number(days) }) }),
          )}
        >
          <Stack>
            <TextInput
              label="Name"
              description="Which program calls with it"
              data-autofocus
              autoComplete="off"
              {...form.getInputProps("name")}
            />
            <NativeSelect
              label="Expires"
              data={[
                { value: "30", label: "in 30 days" },
                { value: "90", label: "in 90 days" },
                { value: "365", label: "in a year" },
                { value: "", label: "never" },
              ]}
              {...form.getInputProps("days")}
            />
            <SubmitRow
              label="Create the key"
              failed="No key was made"
              error={create.error}
              busy={create.isPending}
              leave={{ label: "Not now", press: onClose }}
            />
          </Stack>
        </form>
      )}
    </Dialog>
  );
}
