import { Text, Tooltip } from "@mantine/core";
import { formatCount, formatFigure } from "./format.ts";

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

/** A mean with its 95 % interval: 0.812 [0.770, 0.853]; how many items and patients on hover. */
export function Figure({ value, size = "sm" }: FigureProps) {
  if (!value) return <>–</>;
  const patients = value.clusters === undefined ? "" : `, ${formatCount(value.clusters)} patients`;
  return (
    <Tooltip label={`95 % interval, n = ${formatCount(value.n)} items${patients}`}>
      <span className="figures">
        <Text span fw={600} size={size}>
          {formatFigure(Number(value.mean.toFixed(3)))}
        </Text>{" "}
        <Text span c="dimmed" size="sm">
          [{formatFigure(Number(value.lower.toFixed(3)))},{" "}
          {formatFigure(Number(value.upper.toFixed(3)))}]
        </Text>
      </span>
    </Tooltip>
  );
}
