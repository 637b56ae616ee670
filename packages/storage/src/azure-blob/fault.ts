import { RestError } from "@azure/storage-blob";
import { DomainError, type DomainErrorCode } from "@preceptor/domain";

type Meaning = readonly [code: DomainErrorCode, message: string];

const forbidden: Meaning = [
  "unavailable",
  "The storage account refuses this process. Give its identity the roles Storage Blob Data Contributor on the container and Storage Blob Delegator on the account, and let its network through the account's firewall.",
];
const busy: Meaning = [
  "unavailable",
  "The storage account is busy or not to be reached. Try again shortly; if it lasts, check the endpoint, the network and the account's state.",
];
const discarded: Meaning = [
  "unavailable",
  "Parts of this upload were discarded by another upload of the same name. Nothing was kept; send it again.",
];
const otherTool: Meaning = [
  "conflict",
  "Parts of an upload by another tool stand in the way of this name. They go away by themselves within a week; until then use another name.",
];

/** By the service's own error code, then by HTTP status. */
const byCode: Readonly<Record<string, Meaning>> = {
  ContainerNotFound: [
    "unavailable",
    "The storage container does not exist. Make it, or correct the container's name in the settings.",
  ],
  ContainerBeingDeleted: ["unavailable", "The storage container is being deleted."],
  AccountIsDisabled: ["unavailable", "The storage account is disabled. Enable it, then try again."],
  BlobImmutableDueToPolicy: [
    "conflict",
    "A retention policy or legal hold keeps this object; it cannot be removed yet.",
  ],
  BlobArchived: [
    "unavailable",
    "The object lies in the archive tier. Bring it back to a tier that can be read, then try again.",
  ],
  LeaseIdMissing: ["conflict", "Someone holds a lease on this object. Try again when it is over."],
  Md5Mismatch: [
    "digest-mismatch",
    "Bytes changed on the way to the store, again and again. Nothing was kept; check the network between here and there.",
  ],
  InvalidBlockList: discarded,
  InvalidBlobOrBlock: otherTool,
  InvalidBlockId: otherTool,
  ConditionNotMet: ["unavailable", "The object was replaced while it was read. Try again."],
  RequestBodyTooLarge: ["too-large", "The object is too large for this store."],
  BlockCountExceedsLimit: ["too-large", "The object is too large for this store."],
};
const byStatus: Readonly<Record<number, Meaning>> = {
  401: forbidden,
  403: forbidden,
  404: ["not-found", "The store has no such object."],
  408: busy,
  429: busy,
  500: busy,
  502: busy,
  503: busy,
  504: busy,
};

/** The service's word for what went wrong: `BlobNotFound`, `ECONNREFUSED`; "" for what is no answer of it. */
export function wordOf(error: unknown): string {
  if (!(error instanceof RestError)) return "";
  // A HEAD has no body; its word is in a header then.
  return error.response?.headers.get("x-ms-error-code") ?? error.code ?? "";
}

export const statusOf = (error: unknown): number | undefined =>
  error instanceof RestError ? error.statusCode : undefined;

/**
 * What the service said, in our words. The SDK's error is never the cause: it holds the request, and so its token or signed address;
 * what remains is the service's word, the status and the request's id, which support asks for.
 */
export function asDomainError(error: unknown): unknown {
  if (error instanceof DomainError) return error;
  if (error instanceof RestError) {
    const word = wordOf(error);
    const status = error.statusCode;
    const id = error.response?.headers.get("x-ms-request-id") ?? "none";
    const [code, message] = byCode[word] ??
      (status === undefined ? busy : byStatus[status]) ?? [
        "unavailable",
        "The storage account gave an answer that was not expected.",
      ];
    const cause = new Error(`storage answered ${status ?? "nothing"} ${word}, request ${id}`);
    return new DomainError(code, message, { cause });
  }
  if (error instanceof Error && error.name === "AbortError")
    return new DomainError("unavailable", busy[1]);
  // Credentials fail in many classes, and some of their texts quote what was sent.
  if (error instanceof Error && /Credential|Authentication/.test(error.name))
    return new DomainError(
      "unavailable",
      "This process could not sign in to the storage account. Check its credential's settings.",
      { cause: new Error(error.name) },
    );
  return error;
}
