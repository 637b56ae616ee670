import { createSecureContext, rootCertificates, type SecureContext } from "node:tls";
import type { TlsSettings } from "@azure/core-rest-pipeline";
import type { AzureCloud } from "../cloud.ts";

const known = new WeakMap<AzureCloud, TlsSettings>();

/** What to trust. One object a cloud: the SDK keeps a connection pool for each settings object it meets. */
export function tlsOf(cloud: AzureCloud): TlsSettings | undefined {
  if (cloud.certificateAuthority === null) return undefined;
  const found = known.get(cloud);
  if (found !== undefined) return found;
  // Node takes a given list instead of its own roots, and a hospital's proxy needs both.
  const ca = [...rootCertificates, cloud.certificateAuthority].join("\n");
  // Read once: every new connection would otherwise parse a hundred and fifty certificates again.
  const settings: TlsSettings & { secureContext: SecureContext } = {
    ca,
    secureContext: createSecureContext({ ca }),
  };
  known.set(cloud, settings);
  return settings;
}
