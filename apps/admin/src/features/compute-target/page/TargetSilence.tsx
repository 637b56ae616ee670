import { Alert, Text } from "@mantine/core";
import type { Outputs } from "../../../api/types.ts";
import { RelativeTime } from "../../../components/RelativeTime.tsx";

type Silence = NonNullable<Outputs["computeTarget"]["get"]["silence"]>;

/** An outage is a matter of the place and not of its jobs: it stands here once, and not as a failure of each. */
export const TargetSilence = ({ silence: { since, attempts, message } }: { silence: Silence }) => (
  <Alert color="red" role="alert" mb="md" title="It says nothing of its jobs">
    <Text size="sm">
      Last heard <RelativeTime at={since} />.{" "}
      {attempts === 1 ? "One attempt" : `${attempts} attempts`} may be going on there, and none is
      begun anew before its end was seen.
    </Text>
    {message && (
      <Text size="sm" mt={4}>
        {message}
      </Text>
    )}
  </Alert>
);
