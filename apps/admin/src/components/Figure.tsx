import { Text, Tooltip } from "@mantine/core";
import { formatCount } from "./format.ts";

export interface FigureProps {
  readonly value: {
    mean: number;
    lower: number;
    upper: number;
    n: number;
    clusters?: number;
  } | null;
  readonly size?: "sm" | "lg";
}

/** Three decimals throughout, so that the ends of an interval can be compared at a glance. */
const thousandths = (value: number): string => value.toFixed(3).replace("-", "−");

/** A mean with its 95 % interval: 0.812 [0.770, 0.853]; how many items and patients on hover. */
export function Figure({ value, size = "sm" }: FigureProps) {
  if (!value) return <>–</>;
  const patients = value.clusters === undefined ? "" : `, ${formatCount(value.clusters)} patients`;
  return (
    <Tooltip label={`95 % interval, n = ${formatCount(value.n)} items${patients}`}>
      <span className="figures">
        <Text span fw={600} size={size}>
          {thousandths(value.mean)}
        </Text>{" "}
        <Text span c="dimmed" size="sm">
          [{thousandths(value.lower)}, {thousandths(value.upper)}]
        </Text>
      </span>
    </Tooltip>
  );
}
