import { Alert, Button, List, Paper, Stack, Text, Title } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { messageOf } from "../../../api/error.ts";
import { useFocusBack } from "../../../components/use-focus-back.ts";
import type { Issue } from "./use-issues.ts";

interface LaunchSummaryProps {
  readonly issues: readonly Issue[];
  readonly checking: boolean;
  readonly ready: boolean;
  readonly insist: boolean;
  readonly error: unknown;
  readonly submitting: boolean;
  readonly onSubmit: () => void;
  /** What it may cost, where that is known. */
  readonly cost: ReactNode;
}

export function LaunchSummary(props: LaunchSummaryProps) {
  const button = useFocusBack(props.submitting);
  return (
    <Paper style={{ position: "sticky", top: 72 }}>
      <Stack gap="sm">
        <Title order={2}>Launch</Title>
        {props.ready && (
          <Text size="sm" c="var(--state-done)" style={{ display: "flex", gap: 6 }}>
            <IconCircleCheck size={18} aria-hidden /> Checked: it can start.
          </Text>
        )}
        {!props.ready && props.issues.length === 0 && props.checking && (
          <Text size="sm" c="dimmed">
            Checking…
          </Text>
        )}
        {props.issues.length > 0 && (
          <>
            <Text size="sm" c={props.insist ? "var(--state-failed)" : "dimmed"} component="output">
              {props.issues.length === 1
                ? "One thing is missing or wrong:"
                : `${props.issues.length} things are missing or wrong:`}
            </Text>
            <List size="sm" spacing={4}>
              {props.issues.slice(0, 8).map((issue) => (
                <List.Item key={`${issue.field}:${issue.message}`}>
                  <span className="mono">{issue.field || "spec"}</span>: {issue.message}
                </List.Item>
              ))}
            </List>
          </>
        )}
        {props.error !== null && (
          <Alert color="red" role="alert" title="The job was not launched">
            {messageOf(props.error)}
          </Alert>
        )}
        {props.cost}
        <Button ref={button} onClick={props.onSubmit} loading={props.submitting}>
          Launch the job
        </Button>
      </Stack>
    </Paper>
  );
}
