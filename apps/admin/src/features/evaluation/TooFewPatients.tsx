import { Alert } from "@mantine/core";
import { MINIMUM_CLUSTERS } from "@preceptor/domain";
import { IconAlertTriangle } from "@tabler/icons-react";

/** Warns where an interval is too narrow to be believed. */
export const TooFewPatients = ({ clusters }: { clusters: number }) =>
  clusters >= MINIMUM_CLUSTERS ? null : (
    <Alert color="yellow" variant="light" mt="sm" icon={<IconAlertTriangle aria-hidden />}>
      {clusters} {clusters === 1 ? "patient is" : "patients are"} too few for this interval: at
      least {MINIMUM_CLUSTERS} are wanted before anything is decided on it.
    </Alert>
  );
