import { DomainError, isSafePath } from "@preceptor/domain";

const longest = 1024;

/** The blob's name is the object's name. Refused is what could leave the container, or what the service would quietly change. */
export function assertBlobName(name: string): void {
  if (!isSafePath(name))
    throw new DomainError("invalid", "An object's name must stay inside its store.", {
      field: "name",
    });
  if (name.length > longest)
    throw new DomainError("invalid", "The object's name is too long for this store.", {
      field: "name",
    });
  // The service drops a dot at the end of a part: two names would be one object.
  if (name.split("/").some((part) => part.endsWith(".")))
    throw new DomainError("invalid", "No part of an object's name may end with a dot here.", {
      field: "name",
    });
}

/** A prefix may end in the middle of a part; the folders before it must be safe. */
export function assertPrefix(prefix: string): void {
  const folder = prefix.slice(0, prefix.lastIndexOf("/") + 1);
  if (folder !== "" && !isSafePath(folder.slice(0, -1)))
    throw new DomainError("invalid", "A prefix must stay inside its store.", { field: "prefix" });
}
