import { createPublicKey, generateKeyPairSync } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** The server's signing key, made on the first start: the private half readable by its owner only, the public half beside it as `.pub.pem`. */
export function readOrMakeSigningKey(file: string): string {
  if (!existsSync(file)) {
    const { privateKey } = generateKeyPairSync("ed25519");
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, privateKey.export({ type: "pkcs8", format: "pem" }), {
      mode: 0o600,
      flag: "wx",
    });
  }
  const privateKeyPem = readFileSync(file, "utf8");
  const publicFile = file.replace(/\.pem$/, ".pub.pem");
  if (publicFile !== file && !existsSync(publicFile))
    writeFileSync(
      publicFile,
      createPublicKey(privateKeyPem).export({ type: "spki", format: "pem" }),
    );
  return privateKeyPem;
}
