import type { StorageChoice } from "./choice.ts";
import { filesystemStore } from "./filesystem/index.ts";
import type { ObjectStore } from "./store.ts";

type Elsewhere = Exclude<StorageChoice, { readonly kind: "filesystem" }>;
export type OpenStore = (choice: Elsewhere) => Promise<ObjectStore>;

/** Opens the chosen store. At the start and not at first use: a wrong setting stops the start, not the first upload. */
export const openStore = async (
  choice: StorageChoice,
  adapters: Readonly<Record<Elsewhere["kind"], OpenStore>>,
): Promise<ObjectStore> =>
  choice.kind === "filesystem" ? filesystemStore(choice) : adapters[choice.kind](choice);
