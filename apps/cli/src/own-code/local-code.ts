import { OwnCode } from "@preceptor/domain";
import { z } from "zod";

/** What a server takes of one job's code; its schema says so, and so do we before anything is read. */
export const MOST_FILES = 1000;
export const MOST_BYTES_A_FILE = 50_000_000;

const Uploaded = OwnCode.shape.files.element;

/**
 * `code:` as it is written beside the program: a folder, or files by their paths. Paths are relative to the YAML file. What an
 * API client writes, a digest a file, is taken as it is.
 */
export const LocalCode = z
  .strictObject({
    command: OwnCode.shape.command,
    folder: z.string().min(1).max(512).optional(),
    files: z
      .array(z.union([z.string(), Uploaded], "use a path, or path, sha256 and sizeBytes"))
      .min(1)
      .max(MOST_FILES)
      .optional(),
    requirements: OwnCode.shape.requirements,
  })
  .refine(({ folder, files }) => (folder === undefined) !== (files === undefined), {
    path: ["folder"],
    message: "name a folder, or list files: exactly one of the two",
  });
export type LocalCode = z.infer<typeof LocalCode>;

/** Made by running a program: it differs from machine to machine, and nobody means to send it. */
export const isLeftover = (name: string): boolean =>
  name === "__pycache__" || name.endsWith(".pyc");
