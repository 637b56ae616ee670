import { Readable } from "node:stream";
import type { ComputeProvider, Handle, ProducedArea } from "@preceptor/compute";
import type { SeenFile } from "@preceptor/domain";
import type { CandidateFile } from "@preceptor/services";

export interface ProducedFolder {
  readonly name: string;
  /** Paths inside the folder. */
  readonly files: readonly SeenFile[];
  readonly candidates: readonly CandidateFile[];
}

/** A file the attempt produced, as services read it: `path` inside `area`, named `as` towards them. */
export const candidate = (
  provider: ComputeProvider,
  handle: Handle,
  area: ProducedArea,
  path: string,
  as = path,
): CandidateFile => ({
  path: as,
  open: async () => {
    const stream = await provider.readProduced(handle, area, path);
    return stream instanceof Readable ? stream : new Readable().wrap(stream);
  },
});

/** The attempt's `checkpoint-…` folders, the smallest step first. */
export async function checkpointFolders(
  provider: ComputeProvider,
  handle: Handle,
): Promise<ProducedFolder[]> {
  const files = await provider.listProduced(handle, "checkpoints");
  const folders = Map.groupBy(files, (file) =>
    file.path.slice(0, Math.max(0, file.path.indexOf("/"))),
  );
  return [...folders]
    .filter(([name]) => /^checkpoint-[\w.-]{1,100}$/.test(name))
    .sort(([a], [b]) => a.localeCompare(b, "en", { numeric: true }))
    .map(([name, inside]) => ({
      name,
      files: inside.map((file) => ({ ...file, path: file.path.slice(name.length + 1) })),
      candidates: inside.map((file) =>
        candidate(provider, handle, "checkpoints", file.path, file.path.slice(name.length + 1)),
      ),
    }));
}
