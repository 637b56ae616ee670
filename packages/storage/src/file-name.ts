import { DomainError } from "@preceptor/domain";

/** It goes into a header and onto somebody's disk: nothing in it may end the one or leave a folder of the other. */
export function assertFileName(fileName: string): void {
  if (!/^[A-Za-z0-9_][A-Za-z0-9._-]{0,199}$/.test(fileName))
    throw new DomainError("invalid", "This is not a name a file can be saved under everywhere.", {
      field: "fileName",
    });
}
