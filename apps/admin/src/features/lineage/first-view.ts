interface Box {
  readonly width: number;
  readonly height: number;
}
interface Point {
  readonly x: number;
  readonly y: number;
}

const margin = 24;
/** Smaller than this, labels cannot be read: rather show a part. */
const smallest = 0.6;
const zoomFor = (fit: number): number => Math.min(1, Math.max(smallest, fit));

/** Height of what stands above the canvas and below it on a page. */
const around = 260;
/** Whether the window has room for the table too, under a canvas of this height: a graph of one or two rows leaves it empty. */
export const roomBelow = (windowHeight: number, canvas: number): boolean =>
  windowHeight - around - canvas >= 160;

/** As tall as the graph needs at the width there is, at most what the window leaves below the head of the page. */
export function canvasHeight(width: number, windowHeight: number, graph: Box): number {
  const zoom = zoomFor((width - 2 * margin) / graph.width);
  const most = Math.max(360, windowHeight - around);
  return Math.round(Math.min(most, Math.max(260, graph.height * zoom + 4 * margin)));
}

/** Where one axis of the graph begins on the canvas: in the middle if it fits, else the focus in the middle, without empty ends. */
const begin = (room: number, length: number, focus: number): number =>
  length <= room
    ? (room - length) / 2
    : Math.min(margin, Math.max(room - length - margin, room / 2 - focus));

/** The whole graph if it can be read whole, else the part around the focus. */
export function firstView(
  canvas: Box,
  graph: Box,
  focus: Point,
): { x: number; y: number; zoom: number } {
  const fit = Math.min(
    (canvas.width - 2 * margin) / graph.width,
    (canvas.height - 2 * margin) / graph.height,
  );
  const zoom = zoomFor(fit);
  return {
    x: begin(canvas.width, graph.width * zoom, focus.x * zoom),
    y: begin(canvas.height, graph.height * zoom, focus.y * zoom),
    zoom,
  };
}
