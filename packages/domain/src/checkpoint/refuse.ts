/** Formats that run code when they are loaded, whoever loads them. */
const pickled = /\.(bin|pt|pth|ckpt|pkl|pickle|joblib)$/i;

/** Why a folder with these files is not accepted as a checkpoint; null when nothing speaks against their names. */
export function checkpointRefusal(paths: readonly string[]): string | null {
  const found = paths.filter((path) => pickled.test(path));
  if (found.length === 0) return null;
  const shown = found.slice(0, 3).join(", ") + (found.length > 3 ? " …" : "");
  return `It holds a pickle (${shown}), which can run code when it is loaded. Save safetensors instead.`;
}

/** Whether a safetensors file holds what a model is made of, not the state its training goes on from. */
export const isWeights = (path: string): boolean =>
  !/(^|\/)(optimizer|scheduler|random_states?|rng_states?)[^/]*$/.test(path);

/** The step in a folder name such as `checkpoint-40`; null when it has none. */
export function stepOf(name: string): number | null {
  const digits = /^checkpoint-(\d{1,15})$/.exec(name)?.[1];
  return digits === undefined ? null : Number(digits);
}

export interface SeenFile {
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedAtMs: number;
}
/** Equal for two looks at a folder in which nothing changed between them. */
export const signatureOf = (files: readonly SeenFile[]): string =>
  files
    .map((file) => `${file.path}\0${file.sizeBytes}\0${file.modifiedAtMs}`)
    .sort()
    .join("\n");
