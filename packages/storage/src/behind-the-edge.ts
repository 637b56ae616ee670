import { DomainError } from "@preceptor/domain";
import { assertFileName } from "./file-name.ts";
import type { ObjectStore } from "./store.ts";

/** The same store where no browser reaches it, as behind a private network: its bytes go through whoever asked for the address. */
export const behindTheEdge = (store: ObjectStore): ObjectStore => ({
  ...store,
  async saveLink(name, { fileName }) {
    assertFileName(fileName);
    if ((await store.stat(name)) === null)
      throw new DomainError("not-found", `The store has no object ${name}.`, { field: "name" });
    return null;
  },
});
