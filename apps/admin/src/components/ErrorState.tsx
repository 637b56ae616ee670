import { Alert, Button, Group, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { isNotFound, isRefusal, messageOf } from "../api/error.ts";

export interface ErrorStateProps {
  /** What did not happen, e.g. "The jobs could not be loaded". */
  readonly title: string;
  readonly error: unknown;
  readonly onRetry?: (() => void) | undefined;
}

export const ErrorState = ({ title, error, onRetry }: ErrorStateProps) => (
  <Alert
    color="red"
    variant="light"
    icon={<IconAlertTriangle aria-hidden />}
    title={title}
    role="alert"
    my="md"
  >
    <Text size="sm">{messageOf(error)}</Text>
    {!isRefusal(error) && (
      <Text size="sm" c="dimmed" mt={4}>
        What was saved before is kept.
      </Text>
    )}
    {onRetry && !isNotFound(error) && (
      <Group mt="sm">
        <Button size="xs" variant="default" onClick={onRetry}>
          Try again
        </Button>
      </Group>
    )}
  </Alert>
);
