export { startAzurite, type Azurite, type AzuriteOptions } from "./azurite.ts";
export { blobClients, emulatorCredential, emulatorKey, type BlobClients } from "./blob-clients.ts";
export { throwAwayAuthority, type Authority, type Certificate } from "./certificate.ts";
export { madeBytes } from "./made-bytes.ts";
