import { Transform } from "node:stream";
import { usageIn, type TokenUsage } from "./usage.ts";

const LONGEST_EVENT = 1_000_000;

/**
 * Passes server-sent events on, one whole event at a time, and reads the usage out of them. The gateway always asks the model for
 * usage; a client that did not ask does not see the extra event.
 */
export function usageStream(options: {
  readonly hideUsage: boolean;
  onUsage(usage: TokenUsage): void;
}): Transform {
  const decoder = new TextDecoder();
  let pending = "";

  const passed = (event: string): string => {
    const data = event.replace(/^data: ?/, "");
    const found = data === event ? null : usageIn(data);
    if (found) options.onUsage(found.usage);
    return found?.alone && options.hideUsage ? "" : `${event}\n\n`;
  };

  return new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      pending += decoder.decode(chunk, { stream: true });
      const events = pending.split(/\r?\n\r?\n/);
      pending = events.pop() ?? "";
      if (pending.length > LONGEST_EVENT)
        return done(new Error("an event of the model is too long"));
      const text = events.map(passed).join("");
      return text === "" ? done() : done(null, text);
    },
    flush(done) {
      const rest = pending + decoder.decode();
      return rest.trim() === "" ? done() : done(null, passed(rest));
    },
  });
}
