import type { Io } from "../io.ts";
import { size } from "./figure.ts";

/** Tells how far a row of bytes has come. On a terminal a bar that is drawn over; elsewhere one line at the start and one at the end. */
export function progressBar(io: Io, what: string, totalBytes: number) {
  let done = 0;
  let drawnAt = 0;
  const { stderr } = io;
  const draw = (): void => {
    const share = totalBytes === 0 ? 1 : Math.min(1, done / totalBytes);
    const full = Math.round(share * 24);
    const bar = "█".repeat(full) + "░".repeat(24 - full);
    stderr.write(
      `\r\u001b[K${what}  ${bar} ${String(Math.floor(share * 100)).padStart(3)} %  ${size(done)} of ${size(totalBytes)}`,
    );
  };
  if (!stderr.live) stderr.write(`${what}: ${size(totalBytes)}\n`);
  return {
    add(bytes: number): void {
      done += bytes;
      const now = io.now().getTime();
      if (!stderr.live || now - drawnAt < 100) return;
      drawnAt = now;
      draw();
    },
    end(): void {
      if (!stderr.live) return;
      draw();
      stderr.write("\n");
    },
  };
}
export type Progress = ReturnType<typeof progressBar>;
