import {
  RestError,
  type HttpClient,
  type PipelineRequest,
  type TlsSettings,
} from "@azure/core-rest-pipeline";

export const foreignHost = "FOREIGN_HOST";

/** Throws when an address is not of the pinned origin. */
export function assertPinned(address: string, origin: string, request?: PipelineRequest): void {
  const url = URL.parse(address);
  if (url?.origin === origin) return;
  throw new RestError(
    `An answer of ${origin} pointed to ${url?.origin ?? "an address that cannot be read"}; it was not followed.`,
    request === undefined ? { code: foreignHost } : { code: foreignHost, request },
  );
}

/**
 * The last thing before the wire: whatever named the address (Location, Azure-AsyncOperation, nextLink, a redirect), a
 * request that carries our token reaches no other origin than this one.
 */
export function pinnedClient(inner: HttpClient, origin: string, tls?: TlsSettings): HttpClient {
  return {
    async sendRequest(request) {
      assertPinned(request.url, origin, request);
      if (tls !== undefined) request.tlsSettings ??= tls;
      return inner.sendRequest(request);
    },
  };
}
