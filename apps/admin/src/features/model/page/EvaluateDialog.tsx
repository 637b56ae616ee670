import { Alert, Anchor, Button, Group, Select, Stack } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { queryClient, trpc } from "../../../api/client.ts";
import { Dialog } from "../../../components/Dialog.tsx";
import { SubmitRow } from "../../../components/SubmitRow.tsx";
import { pathOf } from "../../../frame/paths.ts";
import { defineSuitePath } from "../../evaluation/paths.ts";
import { suiteOptions } from "../../evaluation/suite/suite-options.ts";
import { IdempotencyKey } from "../../job/launch/idempotency-key.ts";
import { type ModelVersionNow, referenceOf } from "../model-type.ts";

interface EvaluateDialogProps {
  readonly model: ModelVersionNow;
  readonly onClose: () => void;
}

/** Which suite, on which target; then the job it became. */
export function EvaluateDialog({ model, onClose }: EvaluateDialogProps) {
  const suites = useQuery(trpc.evaluation.suites.queryOptions());
  const targets = useQuery(trpc.computeTarget.list.queryOptions());
  const [chosen, setSuite] = useState<string | null>(null);
  const [picked, setTarget] = useState<string | null>(null);
  const [idempotency] = useState(() => new IdempotencyKey());
  const offered = suiteOptions(suites.data ?? []);
  const suite = chosen ?? (offered.length === 1 ? (offered[0]?.value ?? null) : null);
  const target = picked ?? targets.data?.[0]?.name ?? null;
  const start = useMutation(
    trpc.evaluation.start.mutationOptions({
      onSuccess: () => {
        void queryClient.invalidateQueries({ queryKey: trpc.evaluation.pathKey() });
        void queryClient.invalidateQueries({ queryKey: ["pages", "evaluations"] });
        void queryClient.invalidateQueries({ queryKey: ["pages", "jobs"] });
      },
    }),
  );
  const submit = () => {
    if (!suite || !target) return;
    const asked = { suite, model: referenceOf(model), target };
    start.mutate({ ...asked, idempotencyKey: idempotency.for(JSON.stringify(asked)) });
  };
  const error = suites.error ?? targets.error ?? start.error;
  return (
    <Dialog onClose={onClose} title={`Evaluate ${referenceOf(model)}`}>
      {start.data ? (
        <Stack>
          <Alert color="green" variant="light" title="The evaluation is started">
            The job{" "}
            <Anchor component={Link} to={pathOf.job(start.data.job.id)} size="sm">
              {start.data.job.name}
            </Anchor>{" "}
            runs it. Its score will stand on{" "}
            <Anchor component={Link} to={pathOf.evaluation(start.data.evaluation.id)} size="sm">
              the evaluation's page
            </Anchor>{" "}
            and here.
          </Alert>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Stay here
            </Button>
            <Button component={Link} to={pathOf.job(start.data.job.id)}>
              Open the job
            </Button>
          </Group>
        </Stack>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          <Stack>
            {suites.data?.length === 0 ? (
              <Alert color="gray">
                There is no suite yet.{" "}
                <Anchor component={Link} to={defineSuitePath()} size="sm">
                  Define one
                </Anchor>{" "}
                first.
              </Alert>
            ) : (
              <Select
                label="Suite"
                description="What is measured, and on which patients"
                placeholder="Choose a suite"
                required
                searchable
                data-autofocus={offered.length > 1 || undefined}
                allowDeselect={false}
                data={offered}
                value={suite}
                onChange={setSuite}
              />
            )}
            <Select
              label="Compute target"
              description="Where it runs"
              required
              allowDeselect={false}
              data={(targets.data ?? []).map((one) => one.name)}
              value={target}
              onChange={setTarget}
            />
            <SubmitRow
              label="Start the evaluation"
              failed="No evaluation was started"
              error={error}
              busy={start.isPending}
              why={
                suite
                  ? target
                    ? undefined
                    : "Choose a compute target first"
                  : "Choose a suite first"
              }
              leave={{ label: "Not now", press: onClose }}
            />
          </Stack>
        </form>
      )}
    </Dialog>
  );
}
