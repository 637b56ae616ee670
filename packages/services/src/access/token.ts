import { createHash, randomBytes } from "node:crypto";

/** 256 bits a person or a program carries; only its hash is kept. */
export const newToken = (): string => randomBytes(32).toString("base64url");
export const hashOfToken = (token: string): string =>
  createHash("sha256").update(token).digest("hex");
