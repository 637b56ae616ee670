/** Takes out what could steer a terminal: a name or a log line from elsewhere must not move a cursor. Line breaks and tabs stay. */
export const printable = (text: string): string =>
  text
    // oxlint-disable-next-line no-control-regex -- control characters are what is taken out
    .replace(/\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\^_])/g, "")
    .replace(/\r\n?/g, "\n")
    // oxlint-disable-next-line no-control-regex -- the same
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, "");

/** Columns a text takes once colours are out. */
export const widthOf = (text: string): number => [...printable(text)].length;

/** Cuts to so many columns, with an ellipsis. Only for text without colours. */
export function cut(text: string, columns: number): string {
  const letters = [...text];
  return letters.length <= columns
    ? text
    : `${letters.slice(0, Math.max(0, columns - 1)).join("")}…`;
}
