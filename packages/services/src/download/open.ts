import type { Readable } from "node:stream";
import type { ServiceContext } from "../context.ts";

/** The bytes of an object that somebody was given a link to: the edge has checked the link. */
export const openDownload = (
  ctx: Pick<ServiceContext, "store">,
  object: string,
  range?: { start: number; end: number },
): Promise<Readable> => ctx.store.get(object, range);
