import type uPlot from "uplot";
import type { Aligned, ChartLook } from "./aligned.ts";

export interface PlotHooks {
  readonly onCursor: (index: number | null) => void;
  readonly format: (value: number | null) => string;
  readonly onZoom: (range: readonly [number, number] | null) => void;
}

export function plotOptions(
  aligned: Aligned,
  look: ChartLook,
  size: { width: number; height: number },
  syncKey: string,
  hooks: PlotHooks,
): uPlot.Options {
  const ink = look.dark ? "#98a3ad" : "#5a656f";
  const grid = look.dark ? "#232b34" : "#e6ebee";
  const axis: uPlot.Axis = {
    stroke: ink,
    grid: { stroke: grid, width: 1 },
    ticks: { show: false },
    font: "11px 'Inter Variable', sans-serif",
    gap: 6,
  };
  return {
    ...size,
    series: aligned.options,
    bands: aligned.bands,
    legend: { show: false },
    padding: [10, 12, 0, 0],
    scales: { x: { time: false }, y: { distr: look.log ? 3 : 1 } },
    axes: [
      {
        ...axis,
        size: 30,
        values: (_, splits) => splits.map((step) => (Number.isInteger(step) ? String(step) : "")),
      },
      {
        ...axis,
        size: 58,
        values: (_, splits) => splits.map((value) => (value === null ? "" : hooks.format(value))),
      },
    ],
    cursor: {
      sync: { key: syncKey, scales: ["x", null] },
      drag: { x: true, y: false, setScale: true },
      points: { size: 6 },
    },
    hooks: {
      setCursor: [(plot) => hooks.onCursor(plot.cursor.idx ?? null)],
      setSelect: [
        (plot) => {
          if (plot.select.width < 4) return;
          hooks.onZoom([
            plot.posToVal(plot.select.left, "x"),
            plot.posToVal(plot.select.left + plot.select.width, "x"),
          ]);
        },
      ],
    },
  };
}
