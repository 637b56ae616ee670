import { StringDecoder } from "node:string_decoder";
import type { ReadStream } from "node:tty";
import type { Input } from "../io.ts";

const MOST_LETTERS = 1000;
const key = { interrupt: "\u0003", end: "\u0004", clear: "\u0015", backspace: "\u007f" } as const;

interface Keyboard {
  readonly stdin: ReadStream;
  /** Where the question goes: never to standard output, which holds the result. */
  readonly write: (text: string) => void;
  readonly stopped: AbortSignal;
  /** The person pressed ctrl-c, which a terminal that hides what is typed hands over as a key. */
  readonly interrupt: () => void;
}

export const keyboardOf = (keyboard: Keyboard): Input => ({
  secret: (question) => (keyboard.stdin.isTTY ? hidden(keyboard, question) : Promise.resolve(null)),
  firstLine: () => firstLineOf(keyboard),
});

/** Nothing is echoed, not even stars: how long a password is, is nobody's business. */
function hidden({ stdin, write, stopped, interrupt }: Keyboard, question: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let typed = "";
    // A letter may come in two parts.
    const decoder = new StringDecoder("utf8");
    const leave = (): void => {
      stdin.off("data", onKeys);
      stopped.removeEventListener("abort", onStop);
      stdin.setRawMode(false);
      stdin.pause();
      write("\n");
    };
    const onStop = (): void => {
      leave();
      reject(stopped.reason);
    };
    const onKeys = (keys: Buffer): void => {
      for (const letter of decoder.write(keys)) {
        if (letter === key.interrupt) return interrupt();
        if (letter === "\r" || letter === "\n" || letter === key.end) {
          leave();
          return resolve(typed);
        }
        if (letter === key.clear) typed = "";
        else if (letter === key.backspace || letter === "\b")
          typed = [...typed].slice(0, -1).join("");
        else if (letter >= " " && typed.length < MOST_LETTERS) typed += letter;
      }
    };
    stopped.addEventListener("abort", onStop, { once: true });
    // Hidden first, asked then: what is typed at once is not shown either.
    stdin.setRawMode(true);
    stdin.on("data", onKeys);
    stdin.resume();
    write(question);
  });
}

async function firstLineOf({ stdin, stopped }: Keyboard): Promise<string> {
  let text = "";
  const decoder = new StringDecoder("utf8");
  for await (const chunk of stdin) {
    if (stopped.aborted) throw stopped.reason;
    const bytes: Buffer = chunk;
    text += decoder.write(bytes);
    if (text.includes("\n") || text.length > MOST_LETTERS) break;
  }
  return (text.split("\n")[0] ?? "").replace(/\r$/, "");
}
