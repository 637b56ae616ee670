import { createPublicKey, generateKeyPairSync, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

export type Secrets = { secret: string; signingKeyFile: string; servingKeyFile: string };

/** The installation's secret and its keys, made at the first start and readable by this user only. */
export function readOrMakeSecrets(dataDir: string): Secrets {
  const signingKeyFile = join(dataDir, "keys", "server-ed25519.pem");
  const privateKey = readOrMake(signingKeyFile, () =>
    generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  );
  // The gateway trusts this file and never reads the private key.
  readOrMake(join(dataDir, "keys", "server-ed25519.pub.pem"), () =>
    createPublicKey(privateKey).export({ type: "spki", format: "pem" }).toString(),
  );
  const servingKeyFile = join(dataDir, "keys", "serving-key");
  readOrMake(servingKeyFile, () => randomBytes(32).toString("hex"));
  return {
    secret: readOrMake(join(dataDir, "secret"), () => randomBytes(32).toString("hex")).trim(),
    signingKeyFile,
    servingKeyFile,
  };
}

function readOrMake(path: string, make: () => string): string {
  if (!existsSync(path)) {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(path, make(), { mode: 0o600, flag: "wx" });
  }
  return readFileSync(path, "utf8");
}
