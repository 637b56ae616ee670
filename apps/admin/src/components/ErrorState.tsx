import { Alert, Button, Group, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { isNotFound, isRefusal, messageOf } from "../api/error.ts";

export interface ErrorStateProps {
  /** What did not happen, e.g. "The jobs could not be loaded". */
  readonly title: string;
  readonly error: unknown;
  readonly onRetry?: (() => void) | undefined;
  /** Where nothing else names the screen: the list of what there is, as the trail of its page would name it. */
  readonly list?: { readonly label: string; readonly href: string };
}

export const ErrorState = ({ title, error, onRetry, list }: ErrorStateProps) => {
  const mayRetry = onRetry && !isNotFound(error);
  return (
    <Alert
      color="red"
      variant="light"
      icon={<IconAlertTriangle aria-hidden />}
      title={list ? <h1 style={{ font: "inherit", margin: 0 }}>{title}</h1> : title}
      role="alert"
      my="md"
    >
      <Text size="sm">{messageOf(error)}</Text>
      {!isRefusal(error) && (
        <Text size="sm" c="dimmed" mt={4}>
          What was saved before is kept.
        </Text>
      )}
      {(mayRetry || list) && (
        <Group mt="sm">
          {mayRetry && (
            <Button size="xs" variant="default" onClick={onRetry}>
              Try again
            </Button>
          )}
          {list && (
            <Button size="xs" variant="default" component={Link} to={list.href}>
              {list.label}
            </Button>
          )}
        </Group>
      )}
    </Alert>
  );
};
