export { startAzurite, type Azurite, type AzuriteOptions } from "./azurite.ts";
export { throwAwayAuthority, type Authority, type Certificate } from "./certificate.ts";
