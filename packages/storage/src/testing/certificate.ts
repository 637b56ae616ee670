// The certificate library wires itself by decorators and wants this first.
import "reflect-metadata";
import { isIP } from "node:net";
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from "@peculiar/x509";

export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

export interface Authority {
  /** PEM, for `tlsOptions.ca`. */
  readonly ca: string;
  /** A server certificate for host names and addresses, PEM with its PKCS #8 key. */
  issue(hosts: readonly string[]): Promise<Certificate>;
}

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const dayMs = 24 * 60 * 60_000;

/** A certificate authority for one test run: its key is never written down, and nothing is valid for longer than a week. */
export async function throwAwayAuthority(): Promise<Authority> {
  const keys = await pair();
  const name = "CN=Preceptor throw-away test authority";
  const authority = await X509CertificateGenerator.createSelfSigned({
    name,
    keys,
    signingAlgorithm: algorithm,
    ...validity(),
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
    ],
  });
  return {
    ca: authority.toString("pem"),
    async issue(hosts) {
      const leaf = await pair();
      const certificate = await X509CertificateGenerator.create({
        issuer: name,
        subject: "CN=Preceptor test server",
        publicKey: leaf.publicKey,
        signingKey: keys.privateKey,
        signingAlgorithm: algorithm,
        ...validity(),
        extensions: [
          new BasicConstraintsExtension(false, undefined, true),
          new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
          new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
          new SubjectAlternativeNameExtension(
            hosts.map((host) => ({ type: isIP(host) === 0 ? "dns" : "ip", value: host })),
          ),
        ],
      });
      const pkcs8 = await crypto.subtle.exportKey("pkcs8", leaf.privateKey);
      return { cert: certificate.toString("pem"), key: PemConverter.encode(pkcs8, "PRIVATE KEY") };
    },
  };
}

const pair = () => crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);

function validity(): { notBefore: Date; notAfter: Date } {
  const now = Date.now();
  return { notBefore: new Date(now - dayMs), notAfter: new Date(now + 7 * dayMs) };
}
