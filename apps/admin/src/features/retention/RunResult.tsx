import { Alert, Stack, Text } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck } from "@tabler/icons-react";
import { KeyValue } from "../../components/KeyValue.tsx";
import type { Run } from "./retention-type.ts";
import { runFacts } from "./run-facts.ts";

/** What the run that was just started did. */
export const RunResult = ({ run }: { run: Run }) => (
  <Alert
    color={run.problem === null ? "green" : "yellow"}
    variant="light"
    icon={
      run.problem === null ? <IconCircleCheck aria-hidden /> : <IconAlertTriangle aria-hidden />
    }
    title={run.problem === null ? "Your run is done" : "Your run ended early"}
  >
    <Stack gap="xs">
      {run.problem !== null && (
        <Text size="sm">
          {run.problem} What is below was done and stays so; the rest is done later.
        </Text>
      )}
      <KeyValue items={runFacts(run)} />
      {run.more && run.problem === null && (
        <Text size="sm">
          There is more to do than one run does: run it again, or leave the rest to the worker.
        </Text>
      )}
    </Stack>
  </Alert>
);
