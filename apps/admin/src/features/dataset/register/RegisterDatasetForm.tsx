import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useBlocker, useNavigate } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { Section } from "../../../components/Section.tsx";
import { queryClient, trpc } from "../../../api/client.ts";
import { fieldsOf, messageOf } from "../../../api/error.ts";
import { notifyDone } from "../../../components/notify.ts";
import { useFocusBack } from "../../../components/use-focus-back.ts";
import { pathOf } from "../../../frame/paths.ts";
import { chosenFiles, faultsOf, type Split } from "./files.ts";
import { checks, emptyForm, registrationOf } from "./registration.ts";
import { RegistrationFields } from "./RegistrationFields.tsx";
import { SplitFields } from "./SplitFields.tsx";
import { UploadProgress } from "./UploadProgress.tsx";
import { useUpload } from "./use-upload.ts";

const usual: readonly Split[] = ["train", "validation", "test"].map((name) => ({
  name,
  files: [],
}));

export function RegisterDatasetForm({ name }: { name: string }) {
  const navigate = useNavigate();
  const form = useForm({
    initialValues: emptyForm(name),
    validate: checks,
    validateInputOnBlur: true,
  });
  const [splits, setSplits] = useState(usual);
  const [asked, setAsked] = useState(false);
  const leaving = useRef(false);
  const upload = useUpload((version) => {
    leaving.current = true;
    notifyDone(`${version.name}@${version.version} is registered`);
    void queryClient.invalidateQueries({ queryKey: ["pages", "datasets"] });
    void queryClient.invalidateQueries({ queryKey: trpc.dataset.pathKey() });
    void navigate({ href: pathOf.dataset(version.name, version.version) });
  });
  const send = useFocusBack(upload.busy);
  useBlocker({
    shouldBlockFn: () =>
      !leaving.current && !globalThis.confirm("The upload is not done. Leave and stop it?"),
    disabled: !upload.busy,
    enableBeforeUnload: () => upload.busy,
  });
  const files = chosenFiles(splits);
  const faults = faultsOf(files, form.values.subjectField.trim());
  const badSplit = splits.some((split) => split.files.length > 0 && checks.name(split.name));
  const failed = upload.progress.filter((file) => file.phase === "failed").length;
  const submit = form.onSubmit(
    (values) => {
      setAsked(true);
      if (files.length > 0 && faults.length === 0 && !badSplit)
        void upload.start(registrationOf(values), files);
    },
    () => setAsked(true),
  );
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md" maw={860}>
        <RegistrationFields form={form} disabled={upload.busy} />
        <Section title="Files">
          <SplitFields splits={splits} onChange={setSplits} disabled={upload.busy} />
          {asked && files.length === 0 && (
            <Text size="sm" c="var(--state-failed)" role="alert" mt="xs">
              Choose at least one file.
            </Text>
          )}
          {faults.map((fault) => (
            <Text key={fault.path} size="sm" c="var(--state-failed)" role="alert" mt="xs">
              <span className="mono">{fault.path}</span> {fault.message}.
            </Text>
          ))}
        </Section>
        {upload.progress.length > 0 && <UploadProgress files={upload.progress} />}
        {upload.error !== null && (
          <Alert color="red" title="The dataset is not registered" role="alert">
            <Text size="sm">{messageOf(upload.error)}</Text>
            {fieldsOf(upload.error).map((fault) => (
              <Text key={fault.field} size="sm">
                <span className="mono">{fault.field}</span>: {fault.message}
              </Text>
            ))}
          </Alert>
        )}
        {failed > 0 && !upload.busy && (
          <Alert color="red" title={`${failed} of ${upload.progress.length} files did not arrive`}>
            Nothing is registered yet. What arrived is kept for a day: mend the files named above,
            or send again, and only the missing ones are sent.
          </Alert>
        )}
        <Group>
          <Button ref={send} type="submit" loading={upload.busy}>
            {failed > 0 ? "Send again" : "Register dataset"}
          </Button>
          {upload.progress.length > 0 && (
            <Button variant="default" onClick={() => void upload.cancel()}>
              Cancel the upload
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}
