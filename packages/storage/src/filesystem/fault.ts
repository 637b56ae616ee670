import { DomainError } from "@preceptor/domain";

export const errno = (error: unknown): string | undefined =>
  error instanceof Error && "code" in error && typeof error.code === "string"
    ? error.code
    : undefined;

const advice: Readonly<Record<string, string>> = {
  ENOSPC:
    "The disk that holds the object store is full. Free space or move the store to a larger disk, then try again.",
  EDQUOT:
    "The object store's disk quota is used up. Raise the quota or free space, then try again.",
  EROFS: "The object store's disk is mounted read-only. Mount it writable, then try again.",
  EACCES:
    "The object store's folder may not be used by this process. Give its user the right to read and write there.",
  EMFILE: "Too many files are open. Try again shortly, or raise the process's limit of open files.",
};

/** What the filesystem said, in our words: what an operator can mend is `unavailable` with what to do. */
export function asDomainError(error: unknown): unknown {
  if (error instanceof DomainError) return error;
  const code = errno(error);
  if (code === "ENAMETOOLONG")
    return new DomainError("invalid", "The object's name is too long for this store.", {
      field: "name",
      cause: error,
    });
  if (code === "ENOTDIR" || code === "EISDIR")
    return new DomainError("invalid", "A part of this name is already an object, or a folder.", {
      field: "name",
      cause: error,
    });
  const message = code === undefined ? undefined : advice[code];
  return message === undefined ? error : new DomainError("unavailable", message, { cause: error });
}
