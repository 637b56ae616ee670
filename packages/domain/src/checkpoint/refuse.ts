/** Formats that run code when they are loaded, whoever loads them. */
const pickled = /\.(bin|pt|pth|ckpt|pkl|pickle|joblib)$/i;

/** Why a folder with these files is not accepted as a checkpoint; null when nothing speaks against their names. */
export function checkpointRefusal(paths: readonly string[]): string | null {
  const found = paths.filter((path) => pickled.test(path));
  if (found.length === 0) return null;
  return pickleRefusal(found.slice(0, 3).join(", ") + (found.length > 3 ? " …" : ""));
}

export const pickleRefusal = (what: string): string =>
  `It holds a pickle (${what}), which can run code when it is loaded. Save safetensors instead.`;

/** As much of a file's beginning as `beginsAsPickle` looks at. */
export const pickleHeadBytes = 512;

/**
 * Whether a file is a pickle whatever its name is: protocol 2 and newer by their first two bytes, the older ones by their first
 * instruction, `torch.save` by the name of its archive's first entry, numpy's objects by their type.
 */
export function beginsAsPickle(head: Uint8Array): boolean {
  if (head[0] === 0x80 && head[1] !== undefined && head[1] >= 2 && head[1] <= 5) return true;
  const text = Array.from(head.subarray(0, pickleHeadBytes), (byte) =>
    String.fromCharCode(byte),
  ).join("");
  if (/^(c[\w.]+\n[\w.]+\n(\(|p\d+\n)|\((?:[dlt]p\d+\n|i[\w.]+\n))/.test(text)) return true;
  if (text.startsWith("PK\u0003\u0004")) return text.includes("data.pkl");
  return text.startsWith("\u0093NUMPY") && /'descr': '\|O'/.test(text);
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
