import { z } from "zod";

/** A container image as its registry names it, with a tag or a digest. */
export const ImageName = z
  .string()
  .trim()
  .regex(/^[a-z0-9][\w.:/@-]{2,400}$/, "name a container image with its registry and tag");

/** Whether a name means the same bytes tomorrow: a tag can be moved to others, a digest cannot. */
export const isPinned = (image: string): boolean => /@sha256:[0-9a-f]{64}$/.test(image);
