import { Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { Name } from "@preceptor/domain";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { queryClient, trpc } from "../../../api/client.ts";
import { problemIn } from "../../../api/problem.ts";
import { Dialog } from "../../../components/Dialog.tsx";
import type { Outputs } from "../../../api/types.ts";
import { Digest } from "../../../components/Digest.tsx";
import { notifyDone } from "../../../components/notify.ts";
import { SubmitRow } from "../../../components/SubmitRow.tsx";
import { pathOf } from "../../../frame/paths.ts";

interface RegisterModelProps {
  readonly checkpoint: Outputs["checkpoint"]["list"][number];
  readonly suggestion: string;
  readonly onClose: () => void;
}

export function RegisterModel({ checkpoint, suggestion, onClose }: RegisterModelProps) {
  const navigate = useNavigate();
  const form = useForm({
    initialValues: { name: suggestion, description: "" },
    validateInputOnChange: true,
    validate: { name: problemIn(Name) },
  });
  const register = useMutation(
    trpc.model.register.mutationOptions({
      onSuccess: (model) => {
        notifyDone(`${model.name}@${model.version} is registered`);
        void queryClient.invalidateQueries({ queryKey: ["pages", "models"] });
        void navigate({ href: pathOf.model(model.name, model.version) });
      },
    }),
  );
  return (
    <Dialog onClose={onClose} title="Register as model">
      <form
        onSubmit={form.onSubmit((values) =>
          register.mutate({ checkpointId: checkpoint.id, ...values }),
        )}
      >
        <Stack>
          <Text size="sm">
            {checkpoint.name} becomes the next version of this model. A version never changes.{" "}
            <Digest value={checkpoint.digest} />
          </Text>
          <TextInput label="Name of the model" data-autofocus {...form.getInputProps("name")} />
          <Textarea
            label="Description"
            autosize
            minRows={2}
            {...form.getInputProps("description")}
          />
          <SubmitRow
            label="Register"
            failed="No model was registered"
            error={register.error}
            busy={register.isPending}
            leave={{ label: "Not now", press: onClose }}
          />
        </Stack>
      </form>
    </Dialog>
  );
}
