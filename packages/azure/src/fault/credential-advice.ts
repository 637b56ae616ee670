import { credentialErrors, type Facts } from "./facts.ts";

const networkTrouble = /network_error|ECONNREFUSED|ENOTFOUND|ECONNRESET|ETIMEDOUT|EAI_AGAIN/;

/** No token could be had. A sign-in service that is down is not a credential that is wrong. */
export const isCredentialError = (facts: Facts): boolean =>
  (credentialErrors.has(facts.name) &&
    !networkTrouble.test(facts.text) &&
    (facts.status ?? 0) < 500) ||
  facts.codes.has("expiredauthenticationtoken");

/** By Entra's error numbers. Source: "Microsoft Entra authentication and authorization error codes", Microsoft Learn. */
const advice: readonly (readonly [RegExp, string])[] = [
  [
    /AADSTS7000222/,
    "The client secret has expired. Make a new one in Entra and set AZURE_CLIENT_SECRET.",
  ],
  [
    /AADSTS7000215/,
    "The client secret is wrong. Set AZURE_CLIENT_SECRET to the secret's value, not its id.",
  ],
  [
    /AADSTS700016/,
    "The tenant has no such application. Check AZURE_CLIENT_ID and AZURE_TENANT_ID.",
  ],
  [/AADSTS9000(2|23)\b/, "There is no such tenant. Check AZURE_TENANT_ID."],
  [
    /AADSTS700024/,
    "The federated token has expired. Check that AZURE_FEDERATED_TOKEN_FILE is renewed.",
  ],
  [
    /AADSTS70021\d?\b/,
    "No federated credential of the identity fits this token. Check its issuer, subject and audience in Entra.",
  ],
  [/AADSTS(50173|70043|700082)/, "The sign-in has expired. Sign in again (az login)."],
];

export function credentialAdvice(facts: Facts): string {
  const known = advice.find(([pattern]) => pattern.test(facts.text))?.[1];
  if (known !== undefined) return known;
  if (facts.codes.has("expiredauthenticationtoken"))
    return "The credential has expired. Renew it, then try again.";
  if (facts.name === "CredentialUnavailableError")
    return "This machine has no such credential. Check PRECEPTOR_AZURE_CREDENTIAL; a developer signs in with az login.";
  return "Entra gave no token for this credential. Check PRECEPTOR_AZURE_CREDENTIAL and the AZURE_ variables that go with it.";
}
