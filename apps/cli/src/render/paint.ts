type Shade = "good" | "bad" | "busy" | "faint" | "strong";
export type Paint = (shade: Shade, text: string) => string;

const codes: Record<Shade, readonly [number, number]> = {
  good: [32, 39],
  bad: [31, 39],
  busy: [33, 39],
  faint: [2, 22],
  strong: [1, 22],
};
export const paintFor =
  (colour: boolean): Paint =>
  (shade, text) =>
    colour ? `\u001b[${codes[shade][0]}m${text}\u001b[${codes[shade][1]}m` : text;

const shades: Readonly<Record<string, Shade>> = {
  succeeded: "good",
  healthy: "good",
  approved: "good",
  complete: "good",
  pass: "good",
  failed: "bad",
  fenced: "bad",
  unhealthy: "bad",
  rejected: "bad",
  revoked: "bad",
  voided: "bad",
  refused: "bad",
  fail: "bad",
  cancelled: "faint",
  stopped: "faint",
  withdrawn: "faint",
};
/** A status in the colour it has everywhere; what is under way is yellow. */
export const paintStatus = (paint: Paint, status: string): string =>
  paint(shades[status] ?? "busy", status);
