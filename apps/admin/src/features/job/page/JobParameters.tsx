import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Section } from "../../../components/Section.tsx";
import { trpc } from "../../../api/client.ts";
import { KeyValue } from "../../../components/KeyValue.tsx";
import type { JobNow } from "./job-type.ts";

/** All parameters the recipe was given, in the recipe's order; those that nobody set say so. */
export function JobParameters({ job }: { job: JobNow }) {
  const recipe = useQuery(
    trpc.recipe.get.queryOptions(job.recipe ?? { name: "" }, {
      enabled: job.recipe !== null,
      staleTime: Number.POSITIVE_INFINITY,
    }),
  );
  const known = recipe.data?.parameters.properties ?? {};
  const names = [...new Set([...Object.keys(known), ...Object.keys(job.parameters)])].filter(
    (name) => name in job.parameters,
  );
  if (names.length === 0) return null;
  return (
    <Section title="Parameters">
      <KeyValue
        items={names.map((name) => [
          known[name]?.title ?? name,
          <span key={name} title={name}>
            <span className="mono">{String(job.parameters[name])}</span>
            {!(name in job.spec.parameters) && (
              <Text span size="xs" c="dimmed" ml={6}>
                default
              </Text>
            )}
          </span>,
        ])}
      />
    </Section>
  );
}
