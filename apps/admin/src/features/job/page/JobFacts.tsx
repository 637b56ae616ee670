import { Paper, Title } from "@mantine/core";
import { durationMs, formatReference, parseReference } from "@preceptor/domain";
import { Digest } from "../../../components/Digest.tsx";
import { formatCounted, formatSetDuration } from "../../../components/format.ts";
import { KeyValue } from "../../../components/KeyValue.tsx";
import { MoneyAmount } from "../../../components/MoneyAmount.tsx";
import { NounLink } from "../../../components/NounLink.tsx";
import { RelativeTime } from "../../../components/RelativeTime.tsx";
import { pathOf } from "../../../frame/paths.ts";
import type { JobNow } from "./job-type.ts";
import { useMachineFacts } from "./use-machine-facts.tsx";

/** A reference as a link to what it names. */
export function ReferenceLink({ reference }: { reference: string }) {
  const parsed = parseReference(reference);
  if (!parsed) return <>{reference}</>;
  const href =
    parsed.scheme === "dataset"
      ? pathOf.dataset(parsed.name, parsed.version)
      : pathOf.model(parsed.name, parsed.version);
  return <NounLink href={href}>{formatReference(parsed).replace(/^\w+:\/\//, "")}</NounLink>;
}

const CostFigure = ({ job }: { job: JobNow }) => (
  <span>
    <MoneyAmount value={job.cost} />
    {job.spec.limits.maxCost && (
      <>
        {" "}
        of at most <MoneyAmount value={job.spec.limits.maxCost} />
      </>
    )}
  </span>
);

export const JobFacts = ({ job }: { job: JobNow }) => {
  const machineFacts = useMachineFacts(job);
  return (
    <Paper>
      <Title order={2} mb="sm">
        What it is
      </Title>
      <KeyValue
        items={[
          ["Recipe", job.recipe ? `${job.recipe.name}@${job.recipe.version}` : "own code"],
          ...job.inputs.map(
            (input) =>
              [
                `Input ${input.name}`,
                <ReferenceLink key={input.name} reference={input.reference} />,
              ] as const,
          ),
          job.outputModel && [
            "Model made",
            <NounLink
              key="output"
              href={pathOf.model(job.outputModel.name, job.outputModel.version)}
            >
              {job.outputModel.name}@{job.outputModel.version}
            </NounLink>,
          ],
          [
            "Compute",
            `${job.target}: ${formatCounted(job.spec.compute.nodes, "node")} × ${formatCounted(job.spec.compute.processesPerNode, "process", "processes")}`,
          ],
          ...machineFacts,
          ["Attempts", `${job.attempts} of at most ${job.maxAttempts}`],
          ["Time limit", formatSetDuration(durationMs(job.spec.limits.timeout) ?? 0)],
          job.cost && [job.endedAt ? "Cost" : "Cost so far", <CostFigure key="cost" job={job} />],
          ["Submitted", <RelativeTime key="created" at={job.createdAt} />],
          ["Started", <RelativeTime key="started" at={job.startedAt} absent="not yet" />],
          job.endedAt && ["Ended", <RelativeTime key="ended" at={job.endedAt} />],
          ["Spec", <Digest key="spec" value={job.specDigest} />],
        ]}
      />
    </Paper>
  );
};
