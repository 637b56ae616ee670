import uPlot from "uplot";
import { type ChartSeries, positive, smooth } from "./series.ts";

export interface ChartLook {
  readonly smoothing: number;
  readonly log: boolean;
  readonly dark: boolean;
}

type Column = (number | null)[];

/** What uPlot draws of one series, back to front: envelope bounds, raw line, smoothed line. */
function columnsOf(
  series: ChartSeries,
  look: ChartLook,
): { columns: Column[]; options: uPlot.Series[]; band: boolean } {
  const shown = (values: readonly (number | null)[]): Column =>
    look.log ? positive(values) : [...values];
  const raw = shown(series.values);
  const band = Boolean(
    series.min && series.max && series.max.some((high, i) => high !== series.min?.[i]),
  );
  const smoothed = look.smoothing > 0;
  const hidden: uPlot.Series = {
    label: `${series.label} bound`,
    stroke: "transparent",
    width: 0,
    points: { show: false },
    spanGaps: true,
  };
  const columns: Column[] = [];
  const options: uPlot.Series[] = [];
  if (band) {
    columns.push(shown(series.max ?? []), shown(series.min ?? []));
    options.push(hidden, hidden);
  }
  if (smoothed) {
    columns.push(raw);
    options.push({
      label: `${series.label} raw`,
      stroke: `${series.color}55`,
      width: 1,
      points: { show: false },
      spanGaps: true,
    });
  }
  columns.push(smoothed ? smooth(raw, look.smoothing) : raw);
  options.push({
    label: series.label,
    stroke: series.color,
    width: 1.75,
    points: { show: raw.length < 2, size: 5 },
    spanGaps: true,
  });
  return { columns, options, band };
}

export interface Aligned {
  readonly data: uPlot.AlignedData;
  readonly options: uPlot.Series[];
  readonly bands: uPlot.Band[];
  /** Column of the line of each series, in the order given. */
  readonly lines: readonly number[];
}

/** Joins series of different steps on one axis. */
export function align(all: readonly ChartSeries[], look: ChartLook): Aligned {
  const options: uPlot.Series[] = [{ label: "step" }];
  const bands: uPlot.Band[] = [];
  const lines: number[] = [];
  const tables: uPlot.AlignedData[] = [];
  for (const series of all) {
    const made = columnsOf(series, look);
    const first = options.length;
    if (made.band) bands.push({ series: [first, first + 1], fill: `${series.color}22` });
    options.push(...made.options);
    lines.push(options.length - 1);
    tables.push([[...series.steps], ...made.columns]);
  }
  const data = tables.length === 0 ? [[]] : uPlot.join(tables);
  return { data: data as uPlot.AlignedData, options, bands, lines };
}
