import { createHttpHeaders, createPipelineRequest, RestError } from "@azure/core-rest-pipeline";
import { expect, test } from "vitest";
import { faultOf } from "./index.ts";

type Method = "GET" | "PUT" | "POST";

function answered(status: number, body: unknown, method: Method = "PUT"): RestError {
  const request = createPipelineRequest({ url: "https://management.azure.com/x", method });
  const bodyAsText = typeof body === "string" ? body : JSON.stringify(body);
  const response = { status, request, headers: createHttpHeaders(), bodyAsText };
  return new RestError(bodyAsText, { statusCode: status, request, response });
}

const arm = (code: string, message: string) => ({ error: { code, message } });

function broke(code: string, method: Method = "PUT"): RestError {
  const request = createPipelineRequest({ url: "https://management.azure.com/x", method });
  return new RestError(`connect ${code}`, { code, request });
}

function named(name: string, message: string, statusCode?: number): Error {
  const error = Object.assign(new Error(message), statusCode === undefined ? {} : { statusCode });
  error.name = name;
  return error;
}

test.each([
  [
    "an unknown subscription says to check its id",
    answered(404, arm("SubscriptionNotFound", "The subscription 'x' could not be found.")),
    { kind: "wrong-subscription", message: /subscription id/ },
  ],
  [
    "a credential of another tenant is a wrong subscription",
    answered(
      401,
      arm("InvalidAuthenticationTokenTenant", "The access token is from the wrong issuer."),
    ),
    { kind: "wrong-subscription", message: /AZURE_TENANT_ID/ },
  ],
  [
    "a missing role names the action and the role to give",
    answered(
      403,
      arm(
        "AuthorizationFailed",
        "The client 'c' does not have authorization to perform action 'Microsoft.MachineLearningServices/workspaces/computes/write' over scope '/subscriptions/s'.",
      ),
    ),
    { kind: "forbidden", message: /computes\/write.*AzureML Compute Operator/ },
  ],
  [
    "a refused blob names the storage role",
    answered(403, arm("AuthorizationPermissionMismatch", "This request is not authorized.")),
    { kind: "forbidden", message: /Storage Blob Data Contributor/ },
  ],
  [
    "an expired client secret says which variable to renew",
    named(
      "AuthenticationError",
      "AADSTS7000222: The provided client secret keys are expired.",
      401,
    ),
    { kind: "unauthenticated", message: /expired.*AZURE_CLIENT_SECRET/ },
  ],
  [
    "an expired token is an expired credential",
    answered(
      401,
      arm("ExpiredAuthenticationToken", "The access token expiry UTC time is earlier."),
    ),
    { kind: "unauthenticated", message: /expired/ },
  ],
  [
    "a sign-in service that cannot be reached is no wrong credential",
    named("AuthenticationRequiredError", "network_error: connect ECONNREFUSED"),
    { kind: "unreachable", doubtful: false },
  ],
  [
    "a quota of zero says to ask for cores",
    answered(
      400,
      arm(
        "QuotaExceeded",
        "Operation could not be completed as it results in exceeding approved standardNCADSA100v4Family Cores quota. Current Limit: 0, Current Usage: 0.",
      ),
    ),
    { kind: "quota", message: /zero.*Ask for cores/ },
  ],
  [
    "a quota that is used up says to free cores",
    answered(400, arm("QuotaExceeded", "Not enough quota. Current Limit: 100, Current Usage: 96.")),
    { kind: "quota", message: /not enough quota/i },
  ],
  [
    "an instance type that does not exist says to check its spelling",
    answered(400, arm("BadRequest", "The specified VM size 'Standard_NC999' is not supported.")),
    { kind: "unknown-instance-type", message: /spelling/ },
  ],
  [
    "the telling code may be nested deep",
    answered(400, {
      error: {
        code: "UserError",
        message: "Bad",
        details: [{ code: "InvalidVmSize", message: "no such size" }],
      },
    }),
    { kind: "unknown-instance-type" },
  ],
  [
    "a region without the SKU says to choose another",
    answered(
      409,
      arm("SkuNotAvailable", "The requested size is currently not available in location 'x'."),
    ),
    { kind: "region-without-sku", message: /another region/ },
  ],
  [
    "a failed long-running operation is read by its sentence",
    new Error(
      "The long-running operation has failed. BadArgument. Not enough quota available for Standard_NC24.",
    ),
    { kind: "quota", status: null },
  ],
  ["a busy endpoint is a conflict", answered(409, arm("Conflict", "Busy")), { kind: "conflict" }],
  ["nothing there", answered(404, arm("ResourceNotFound", "No")), { kind: "not-found" }],
  ["too many requests", answered(429, ""), { kind: "throttled", doubtful: false }],
  [
    "a refused body",
    answered(400, arm("BadRequest", "Bad name")),
    { kind: "invalid", doubtful: false },
  ],
  [
    "a server error to a write may have had its effect",
    answered(500, "<html>oops</html>"),
    { kind: "unreachable", doubtful: true },
  ],
  [
    "a server error to a read changed nothing",
    answered(503, "", "GET"),
    { kind: "unreachable", doubtful: false },
  ],
  ["a cut write is doubtful", broke("ECONNRESET"), { kind: "unreachable", doubtful: true }],
  ["a write never sent is not", broke("ECONNREFUSED"), { kind: "unreachable", doubtful: false }],
  [
    "a request given up after its time is doubtful",
    named("AbortError", "The operation was aborted."),
    { kind: "unreachable", doubtful: true },
  ],
  [
    "an untrusted certificate names the variable",
    broke("SELF_SIGNED_CERT_IN_CHAIN"),
    { kind: "unreachable", message: /PRECEPTOR_AZURE_CA_FILE/, doubtful: false },
  ],
  [
    "broken JSON to a write is garbled and doubtful",
    new RestError("Error parsing <secret body>", { code: "PARSE_ERROR", statusCode: 200 }),
    { kind: "garbled", doubtful: true, message: /^(?!.*secret)/ },
  ],
  [
    "a web page with a refusing status did nothing",
    new RestError("html", { code: "NOT_JSON", statusCode: 403 }),
    { kind: "garbled", doubtful: false },
  ],
])("%s", (_name, error, expected) => {
  const fault = faultOf(error);
  const { message, ...rest } = { message: /./, ...expected };
  expect(fault).toMatchObject(rest);
  expect(fault.message).toMatch(message);
});

test("signatures, tokens and keys in Azure's sentences are not shown", () => {
  const fault = faultOf(
    answered(
      400,
      arm(
        "BadRequest",
        "Cannot read https://a.blob.core.windows.net/c/b?sv=1&sig=abc%3D with Bearer eyJhbGciOi.eyJzdWIi.c2ln and AccountKey=Zm9v",
      ),
    ),
  );
  expect(fault.message).toContain("https://a.blob.core.windows.net/c/b");
  expect(fault.message).not.toMatch(/abc%3D|eyJ|Zm9v/);
});
