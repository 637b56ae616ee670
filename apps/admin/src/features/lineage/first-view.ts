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
const smallest = 0.78;

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
  const zoom = Math.min(1, Math.max(smallest, fit));
  return {
    x: begin(canvas.width, graph.width * zoom, focus.x * zoom),
    y: begin(canvas.height, graph.height * zoom, focus.y * zoom),
    zoom,
  };
}
