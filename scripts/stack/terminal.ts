import type { Line } from "./child.ts";

const WARN = 40;

/** What a person at the terminal wants to see of a process's output: everything that is not an everyday log entry. */
export function noteworthy({ process, text }: Line): string | undefined {
  if (text.trim() === "") return undefined;
  if (!text.startsWith("{")) return `${process}: ${text}`;
  try {
    const entry: { level?: number; msg?: string; err?: { message?: string } } = JSON.parse(text);
    if ((entry.level ?? 0) < WARN) return undefined;
    return `${process}: ${[entry.msg, entry.err?.message].filter(Boolean).join(": ")}`;
  } catch {
    return `${process}: ${text}`;
  }
}
