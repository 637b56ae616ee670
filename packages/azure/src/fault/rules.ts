import type { Facts } from "./facts.ts";
import { isCertificate } from "./facts.ts";
import { credentialAdvice, isCredentialError } from "./credential-advice.ts";
import type { AzureFaultKind } from "./index.ts";

export interface Rule {
  readonly kind: AzureFaultKind;
  readonly when: (facts: Facts) => boolean;
  /** What is wrong and what to do about it. */
  readonly say: (facts: Facts) => string;
}

const has =
  (...codes: string[]) =>
  (facts: Facts): boolean =>
    codes.some((code) => facts.codes.has(code.toLowerCase()));
const reads =
  (pattern: RegExp) =>
  (facts: Facts): boolean =>
    pattern.test(facts.text) || [...facts.codes].some((code) => pattern.test(code));
const status =
  (...values: number[]) =>
  (facts: Facts): boolean =>
    facts.status !== null && values.includes(facts.status);
const either =
  (...tests: ((facts: Facts) => boolean)[]) =>
  (facts: Facts): boolean =>
    tests.some((test) => test(facts));

const azureSays = ({ text }: Facts): string => (text === "" ? "" : ` Azure says: ${text}`);

/** The first that fits names the fault: the telling ones stand before the general ones. */
const rules: readonly Rule[] = [
  {
    kind: "garbled",
    when: either(has("FOREIGN_HOST"), status(301, 302, 307, 308), reads(/non-TLS protected/)),
    say: ({ text }) =>
      `An answer pointed elsewhere and was not followed. ${text} Look for a proxy that rewrites answers, and check the cloud's addresses.`,
  },
  {
    kind: "unreachable",
    when: (facts) => [...facts.codes].some(isCertificate),
    say: ({ host }) =>
      `The certificate of ${host ?? "the host"} is not trusted. If a proxy of your own signs it, name its authority in PRECEPTOR_AZURE_CA_FILE.`,
  },
  {
    kind: "garbled",
    when: has("PARSE_ERROR", "NOT_JSON", "UNEXPECTED_SHAPE"),
    say: ({ host }) =>
      `${host ?? "The host"} gave an answer that is not Azure's: broken JSON, a web page or an unknown shape. Look for a proxy or sign-in page in between.`,
  },
  { kind: "unauthenticated", when: isCredentialError, say: credentialAdvice },
  {
    kind: "throttled",
    when: either(status(429), has("TooManyRequests", "THROTTLED_HERE")),
    say: () => "Azure asks to slow down. It is tried again by itself; nothing is lost.",
  },
  {
    kind: "unreachable",
    when: ({ status: value }) => value !== null && (value >= 500 || value === 408),
    say: (facts) =>
      `Azure answered ${facts.status}: a fault of its own. It is tried again.${azureSays(facts)}`,
  },
  {
    kind: "wrong-subscription",
    when: has("InvalidAuthenticationTokenTenant"),
    say: () =>
      "The subscription belongs to another tenant than the credential. Check AZURE_TENANT_ID and the target's subscription.",
  },
  {
    kind: "wrong-subscription",
    when: has("MissingSubscriptionRegistration", "SubscriptionNotRegistered"),
    say: () =>
      "The subscription has not registered Microsoft.MachineLearningServices. An owner registers it: az provider register --namespace Microsoft.MachineLearningServices.",
  },
  {
    kind: "wrong-subscription",
    when: either(
      has(
        "SubscriptionNotFound",
        "InvalidSubscriptionId",
        "ReadOnlyDisabledSubscription",
        "DisallowedSubscription",
      ),
      reads(/subscription '?[\w-]+'? (could not be found|was not found|is disabled)/i),
    ),
    say: () =>
      "The subscription does not exist, is disabled or is not visible to this credential. Check the target's subscription id and that the identity has a role in it.",
  },
  {
    kind: "region-without-sku",
    when: either(
      has(
        "SkuNotAvailable",
        "NotAvailableForSubscription",
        "LocationNotAvailableForResourceType",
        "OutOfCapacity",
        "AllocationFailed",
        "ZonalAllocationFailed",
      ),
      reads(
        /(not (currently )?(available|supported|offered)|unavailable|no capacity|not enough capacity)[^.]{0,60}\b(region|location)\b/i,
      ),
      reads(
        /\b(region|location)\b[^.]{0,60}\b(does not (have|offer|support)|no capacity|not enough capacity)/i,
      ),
    ),
    say: (facts) =>
      `This region does not have the instance type, or has none free. Choose another type or a workspace in another region.${azureSays(facts)}`,
  },
  {
    kind: "quota",
    when: either(
      has(
        "QuotaExceeded",
        "InsufficientQuota",
        "OutOfQuota",
        "ClusterCoreQuotaReached",
        "ClusterMinNodesExceedCoreQuota",
        "AmlComputeQuotaExceeded",
      ),
      reads(/\bquota\b[^.]{0,80}\b(exceed|reached|insufficient|not enough|limit|available)/i),
      reads(/\b(exceed\w*|insufficient|not enough)\b[^.]{0,80}\bquota\b/i),
    ),
    say: (facts) =>
      (isZero(facts)
        ? "The subscription's quota for this instance family is zero here. Ask for cores under Quotas in the Azure portal, for Machine Learning and this region, or choose another family."
        : "There is not enough quota for this. Free cores, ask for fewer nodes, or ask for more under Quotas in the Azure portal.") +
      azureSays(facts),
  },
  {
    kind: "unknown-instance-type",
    when: either(
      has("InvalidVmSize", "VMSizeNotSupported", "InvalidInstanceType", "UnsupportedVmSize"),
      reads(
        /(vm ?size|instance ?type)[^.]{0,80}(invalid|unknown|unsupported|not (a )?(valid|found|exist|supported|recogni[sz]ed)|does not exist)/i,
      ),
      reads(/(invalid|unknown|unsupported) (vm ?size|instance ?type)/i),
    ),
    say: (facts) =>
      `Azure knows no such instance type. Check its spelling (for example Standard_NC24ads_A100_v4) against the sizes this region lists.${azureSays(facts)}`,
  },
  {
    kind: "forbidden",
    when: has("RequestDisallowedByPolicy"),
    say: (facts) =>
      `A policy of the organization forbids this. Ask who keeps Azure Policy.${azureSays(facts)}`,
  },
  {
    kind: "forbidden",
    when: has("AuthorizationPermissionMismatch", "AuthorizationFailure"),
    say: () =>
      "The identity may not read or write the storage account's blobs, or its network does not let us in. Give it the role Storage Blob Data Contributor, and check the account's firewall.",
  },
  {
    kind: "forbidden",
    when: has("PublicNetworkAccessDisabled"),
    say: () =>
      "The resource only answers its private network. Run this process there, or add a private endpoint.",
  },
  {
    kind: "forbidden",
    when: either(status(403), has("AuthorizationFailed", "LinkedAuthorizationFailed")),
    say: (facts) => forbiddenAdvice(facts),
  },
  {
    kind: "unauthenticated",
    when: status(401),
    say: () =>
      "Azure does not accept the credential: it is expired or meant for another tenant. Renew it, then try again.",
  },
  {
    kind: "not-found",
    when: either(
      status(404, 410),
      has(
        "ResourceNotFound",
        "ResourceGroupNotFound",
        "NotFound",
        "BlobNotFound",
        "ContainerNotFound",
      ),
    ),
    say: (facts) =>
      `Azure has no such resource. Check the resource group, the workspace and the name.${azureSays(facts)}`,
  },
  {
    kind: "conflict",
    when: either(status(409, 412), has("Conflict", "BlobAlreadyExists")),
    say: (facts) => `Another operation is under way, or it exists already.${azureSays(facts)}`,
  },
  {
    kind: "unreachable",
    when: ({ status: value, name, codes, neverSent }) =>
      value === null &&
      (neverSent ||
        name === "AbortError" ||
        ["econnreset", "etimedout", "epipe", "request_send_error"].some((code) => codes.has(code))),
    say: ({ host, neverSent }) =>
      neverSent
        ? `${host ?? "Azure"} cannot be reached. Check the network, the proxy and the name.`
        : `${host ?? "Azure"} did not answer in time, or cut the connection. It is looked at again.`,
  },
];

const other: Rule = {
  kind: "invalid",
  when: () => true,
  say: (facts) => `Azure refused the request.${azureSays(facts)}`,
};

export const ruleFor = (facts: Facts): Rule => rules.find((rule) => rule.when(facts)) ?? other;

const isZero = ({ text }: Facts): boolean =>
  /\b(limit|quota)\b[^.\d]{0,40}\b0\b(?!\.\d)/i.test(text);

function forbiddenAdvice({ text }: Facts): string {
  const action = /action '([\w./]+)'/i.exec(text)?.[1];
  const role =
    roles.find(([pattern]) => pattern.test(action ?? ""))?.[1] ?? "AzureML Data Scientist";
  return action === undefined
    ? `The identity lacks a role. Give it ${role} on the workspace.`
    : `The identity lacks a role: it may not ${action}. Give it ${role} on the workspace.`;
}

const roles: readonly (readonly [RegExp, string])[] = [
  [/\/computes?\//i, "AzureML Compute Operator"],
  [/\/storageAccounts\//i, "Storage Blob Data Contributor"],
  [/\/userAssignedIdentities\//i, "Managed Identity Operator"],
  [/\/(quotas|usages|vmSizes)\//i, "Reader (of the subscription)"],
];
