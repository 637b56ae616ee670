import { Text } from "@mantine/core";
import { blockingGates, gateOutcomes } from "@preceptor/domain";
import { Digest } from "../../../components/Digest.tsx";
import { StatusBadge } from "../../../components/StatusBadge.tsx";
import { describeStatus } from "../../../components/status-vocabulary.ts";
import type { GateNow, PolicyNow } from "../promotion-type.ts";
import classes from "./Dossier.module.css";

const titles: Record<GateNow["gate"], string> = {
  validity: "The evaluation is complete and of this model",
  floor: "Good enough",
  "non-inferiority": "Not worse than what serves now",
  leakage: "No test patient was trained on",
  "sample-size": "Enough patients",
};

/** "4 pass, 1 not run", in the order a reader worries about. */
export const summaryOf = (gates: readonly GateNow[]): string =>
  gateOutcomes
    .map((outcome) => [outcome, gates.filter((gate) => gate.outcome === outcome).length] as const)
    .filter(([, count]) => count > 0)
    .map(([outcome, count]) => `${count} ${describeStatus(outcome).word.toLowerCase()}`)
    .join(", ");

interface GatesProps {
  readonly gates: readonly GateNow[];
  readonly policy: Pick<PolicyNow, "acceptNotRun">;
}

export function Gates({ gates, policy }: GatesProps) {
  const blocking = new Set(blockingGates(gates, policy));
  return (
    <div>
      {gates.map((gate) => (
        <div key={`${gate.gate}:${gate.suite}:${gate.rule}`} className={classes.gate}>
          <StatusBadge status={gate.outcome} />
          <div>
            <Text fw={600} size="sm">
              {titles[gate.gate]}{" "}
              <Text span c="dimmed" size="xs" fw={400}>
                {gate.gate}, {gate.suite}
              </Text>
            </Text>
            <Text size="sm">Rule: {gate.rule}</Text>
            <Text size="sm" className="figures" style={{ whiteSpace: "normal" }}>
              Found: {gate.finding}
            </Text>
            {gate.outcome === "not-run" && !blocking.has(gate) && (
              <Text size="sm" c="dimmed">
                The policy lets the board vote without it.
              </Text>
            )}
            {gate.evidence.length > 0 && (
              <Text size="xs" c="dimmed" component="div" mt={2}>
                Evidence{" "}
                {gate.evidence.map((digest) => (
                  <span key={digest} style={{ marginRight: 10 }}>
                    <Digest value={digest} />
                  </span>
                ))}
              </Text>
            )}
          </div>
        </div>
      ))}
    </div>
  );
}
