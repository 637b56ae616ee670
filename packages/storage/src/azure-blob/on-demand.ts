import type { ReachAzure } from "@preceptor/azure/on-demand";
import type { OpenStore } from "../open.ts";

/** The container of the process's own account. The adapter and its SDK are loaded only where it is chosen. */
export const azureBlobOnDemand =
  (reach: ReachAzure): OpenStore =>
  async (choice) => {
    const [{ blobContainer, blobService }, { azureBlobStore }, connected] = await Promise.all([
      import("@preceptor/azure"),
      import("./index.ts"),
      reach(),
    ]);
    return azureBlobStore({
      container: blobContainer(connected, choice),
      service: blobService(connected, choice),
    });
  };
