import { Alert, Button, Group, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { isNotFound, isRefusal, messageOf } from "../api/error.ts";

export interface ErrorStateProps {
  /** What did not happen, e.g. "The jobs could not be loaded". */
  readonly title: string;
  readonly error: unknown;
  readonly onRetry?: (() => void) | undefined;
  /** Where nothing else names the screen. */
  readonly alone?: boolean;
}

export const ErrorState = ({ title, error, onRetry, alone = false }: ErrorStateProps) => (
  <Alert
    color="red"
    variant="light"
    icon={<IconAlertTriangle aria-hidden />}
    title={alone ? <h1 style={{ font: "inherit", margin: 0 }}>{title}</h1> : title}
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
