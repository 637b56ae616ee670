import { Stack, Text } from "@mantine/core";
import { YamlView } from "../../../components/CodeView.tsx";
import { Digest } from "../../../components/Digest.tsx";
import type { JobNow } from "./job-type.ts";

export const JobSpecTab = ({ job }: { job: JobNow }) => (
  <Stack gap="xs">
    <Text size="sm" c="dimmed" component="div">
      The job as it was submitted: <Digest value={job.specDigest} />
    </Text>
    <YamlView value={job.spec} label={`${job.name}.yaml`} />
  </Stack>
);
