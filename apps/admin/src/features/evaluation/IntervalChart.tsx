import { Fragment, type ReactNode } from "react";
import { Figure } from "../../components/Figure.tsx";
import { formatFigure } from "../../components/format.ts";
import type { IntervalNow } from "./evaluation-type.ts";
import classes from "./IntervalChart.module.css";
import { placeOn, scaleOver } from "./interval-scale.ts";

export interface IntervalRow {
  readonly key: string;
  readonly label: ReactNode;
  readonly value: IntervalNow;
  readonly color: string;
}
interface IntervalChartProps {
  /** What is drawn, for a screen reader; the figures themselves stand beside the bars as text. */
  readonly label: string;
  readonly rows: readonly IntervalRow[];
  /** A line across all rows, e.g. the score of a guess, or zero. */
  readonly reference: { value: number; label: string } | null;
}

/** Means with their intervals as bars on one axis. */
export function IntervalChart({ label, rows, reference }: IntervalChartProps) {
  const scale = scaleOver([
    ...rows.flatMap(({ value }) => [value.lower, value.mean, value.upper]),
    ...(reference ? [reference.value] : []),
  ]);
  const at = (value: number) => `${placeOn(scale, value)}%`;
  return (
    <figure className={classes.chart} aria-label={label}>
      {rows.map(({ key, label: name, value, color }) => (
        <Fragment key={key}>
          <div className={classes.label}>{name}</div>
          <div className={classes.track} aria-hidden>
            {scale.ticks.map((tick) => (
              <span key={tick} className={classes.grid} style={{ left: at(tick) }} />
            ))}
            {reference && (
              <span className={classes.reference} style={{ left: at(reference.value) }} />
            )}
            <span
              className={classes.bar}
              style={{
                left: at(value.lower),
                width: `${placeOn(scale, value.upper) - placeOn(scale, value.lower)}%`,
                background: color,
              }}
            />
            <span className={classes.mean} style={{ left: at(value.mean), background: color }} />
          </div>
          <div className={classes.figure}>
            <Figure value={value} />
          </div>
        </Fragment>
      ))}
      <div className={classes.axis} aria-hidden>
        {scale.ticks.map((tick) => (
          <span key={tick} className={classes.tick} style={{ left: at(tick) }}>
            {formatFigure(tick)}
          </span>
        ))}
      </div>
      <div className={classes.key}>
        Mark: mean. Bar: 95 % interval.
        {reference && ` Dashed: ${reference.label} (${formatFigure(reference.value)}).`}
      </div>
    </figure>
  );
}
