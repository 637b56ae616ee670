export interface LogText {
  readonly lines: readonly string[];
  /** The line that has no end yet. */
  readonly open: string;
}
export const emptyLog: LogText = { lines: [], open: "" };

// oxlint-disable-next-line no-control-regex -- the escape sequences a terminal would colour with
const escapes = /\u001b\[[0-9;?]*[A-Za-z]/g;
/** What a terminal would show: a progress bar writes over itself with carriage returns, its last state counts. */
const shown = (line: string): string => {
  const plain = line.replace(escapes, "").replace(/\r+$/, "");
  return plain.slice(plain.lastIndexOf("\r") + 1);
};

export function appendText(log: LogText, text: string): LogText {
  const parts = (log.open + text).split("\n");
  const open = parts.pop() ?? "";
  return { lines: [...log.lines, ...parts.map(shown)], open };
}
