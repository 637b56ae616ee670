import type { FailureCause } from "../../provider.ts";
import { errorCode } from "../state.ts";

/** An attempt that cannot go on; the message is for people and holds no link, no secret and no line a program printed. */
export class AttemptFailure extends Error {
  readonly reason: FailureCause;
  constructor(reason: FailureCause, message: string) {
    super(message);
    this.name = "AttemptFailure";
    this.reason = reason;
  }
}

/** A system's error as a sentence; its own text would name paths and links. */
export function inWords(error: unknown): string {
  const code = errorCode(error);
  switch (code) {
    case "ENOENT":
      return "it is not there";
    case "EACCES":
    case "EPERM":
      return "it may not be read";
    case "EEXIST":
      return "another file has the same name here";
    case "ENOSPC":
    case "EDQUOT":
      return "the disk is full: free some space and start again";
    case "ECONNREFUSED":
    case "ECONNRESET":
    case "ENOTFOUND":
    case "ETIMEDOUT":
      return `its storage does not answer (${code})`;
    default:
      return code ?? "it could not be read";
  }
}
