import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { z } from "zod";

/** What a link of our own lets its one holder read, until when. */
const Grant = z.strictObject({
  object: z.string(),
  fileName: z.string(),
  sizeBytes: z.number(),
  sha256: z.string(),
  userId: z.string(),
  expiresAtMs: z.number(),
});
export type Grant = z.infer<typeof Grant>;

export interface Grants {
  seal(grant: Grant): string;
  /** null for what was not sealed here, or is over. */
  open(text: string, nowMs: number): Grant | null;
}

/** Every API process of an installation has the same secret, so each opens what another sealed. */
export function grantsOf(secret: string): Grants {
  const key = Buffer.from(hkdfSync("sha256", secret, "", "preceptor download links", 32));
  const tagOf = (body: string): Buffer => createHmac("sha256", key).update(body).digest();
  return {
    seal(grant) {
      const body = Buffer.from(JSON.stringify(grant)).toString("base64url");
      return `${body}.${tagOf(body).toString("base64url")}`;
    },
    open(text, nowMs) {
      const [body = "", tag = "", ...more] = text.split(".");
      const given = Buffer.from(tag, "base64url");
      const right = tagOf(body);
      if (more.length > 0 || given.length !== right.length || !timingSafeEqual(given, right))
        return null;
      const grant = Grant.parse(JSON.parse(Buffer.from(body, "base64url").toString("utf8")));
      return grant.expiresAtMs > nowMs ? grant : null;
    },
  };
}
