import "uplot/dist/uPlot.min.css";
import { Box, useComputedColorScheme } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { useEffect, useMemo, useRef, useState } from "react";
import uPlot from "uplot";
import { align } from "./aligned.ts";
import { formatFigure } from "../format.ts";
import { ChartLegend } from "./ChartLegend.tsx";
import { plotOptions } from "./plot-options.ts";
import type { ChartSeries } from "./series.ts";

export interface LineChartProps {
  /** What a screen reader is told, e.g. "loss by step". */
  readonly label: string;
  readonly series: readonly ChartSeries[];
  readonly height?: number;
  /** Charts with the same key share their crosshair. */
  readonly syncKey: string;
  readonly smoothing?: number;
  readonly log?: boolean;
  readonly format?: (value: number | null) => string;
  /** What the horizontal axis counts. */
  readonly axis?: string;
}

type Range = readonly [number, number] | null;

/** Curves by step. Drag to zoom, press twice to see all; new points slide in without a redraw of the frame. */
export function LineChart({
  label,
  series,
  height = 240,
  syncKey,
  smoothing = 0,
  log = false,
  format = formatFigure,
  axis = "step",
}: LineChartProps) {
  const dark = useComputedColorScheme("light") === "dark";
  const { ref: sizeRef, width } = useElementSize();
  const host = useRef<HTMLElement>(null);
  const plot = useRef<uPlot | null>(null);
  const zoom = useRef<Range>(null);
  const [cursor, setCursor] = useState<number | null>(null);
  const aligned = useMemo(
    () => align(series, { smoothing, log, dark }),
    [series, smoothing, log, dark],
  );
  const latest = useRef(aligned);
  latest.current = aligned;
  // The plot is made anew only when what is drawn changes in kind, not when points arrive.
  const shape = JSON.stringify([
    aligned.options.map((one) => [one.label, one.stroke]),
    aligned.bands.length,
    log,
    dark,
  ]);

  useEffect(() => {
    if (!host.current || width === 0) return;
    const made = new uPlot(
      plotOptions(latest.current, { smoothing, log, dark }, { width, height }, syncKey, {
        onCursor: setCursor,
        onZoom: (range) => {
          zoom.current = range;
        },
        format,
      }),
      latest.current.data,
      host.current,
    );
    made.over.addEventListener("dblclick", () => {
      zoom.current = null;
    });
    plot.current = made;
    return () => {
      made.destroy();
      plot.current = null;
    };
    // oxlint-disable-next-line react/exhaustive-deps -- `shape` stands for the look; `width` is followed by setSize below
  }, [shape, height, syncKey, width === 0]);

  useEffect(() => {
    if (width > 0) plot.current?.setSize({ width, height });
  }, [width, height]);

  useEffect(() => {
    const held = zoom.current;
    plot.current?.setData(aligned.data, held === null);
    if (held) plot.current?.setScale("x", { min: held[0], max: held[1] });
  }, [aligned]);

  return (
    <Box ref={sizeRef} miw={0}>
      <figure
        ref={host}
        aria-label={`${label}: ${series.map((one) => `${one.label}, ${one.steps.length} points`).join("; ")}`}
        style={{ minHeight: height, margin: 0 }}
      />
      <ChartLegend
        series={series}
        step={cursor === null ? null : (aligned.data[0][cursor] ?? null)}
        valuesAt={aligned.lines.map((line) =>
          cursor === null ? undefined : aligned.data[line]?.[cursor],
        )}
        format={format}
        axis={axis}
      />
    </Box>
  );
}
