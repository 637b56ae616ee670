import type { ContainerClient } from "@azure/storage-blob";

export interface StagedFile {
  readonly path: string;
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly link: string;
}

export async function stageFolder(
  container: ContainerClient,
  prefix: string,
  files: readonly StagedFile[],
): Promise<void> {
  throw new Error(`${container.containerName} ${prefix} ${files.length}`);
}
