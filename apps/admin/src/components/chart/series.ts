export interface ChartSeries {
  readonly key: string;
  readonly label: string;
  readonly color: string;
  readonly steps: readonly number[];
  readonly values: readonly (number | null)[];
  /** Bounds of what each plotted point stands for; drawn as a band where they differ. */
  readonly min?: readonly (number | null)[];
  readonly max?: readonly (number | null)[];
}

/** Told apart in both schemes and by most colour-blind readers (Okabe and Ito, darkened a little). */
export const chartColors = ["#2f7fd6", "#d9682b", "#2c9b6f", "#b34fa8", "#c29311"] as const;
export const colorAt = (index: number): string =>
  chartColors[index % chartColors.length] ?? chartColors[0];

/** Exponential moving average without the bias of its first points; a null stays a gap. `weight` 0 is no smoothing. */
export function smooth(values: readonly (number | null)[], weight: number): (number | null)[] {
  let mean = 0;
  let taken = 0;
  return values.map((value) => {
    if (value === null || !Number.isFinite(value)) return null;
    mean = mean * weight + (1 - weight) * value;
    taken += 1;
    return mean / (1 - weight ** taken);
  });
}

/** On a logarithmic axis there is no place for zero and below. */
export const positive = (values: readonly (number | null)[]): (number | null)[] =>
  values.map((value) => (value !== null && value > 0 ? value : null));
