import { expect, test } from "vitest";
import { readCloud } from "./cloud.ts";
import { readCredential } from "./credential.ts";

test("public Azure unless told otherwise", () => {
  const cloud = readCloud({});
  expect(cloud.resourceManager).toBe("https://management.azure.com");
  expect(cloud.runHistory("westeurope")).toBe("https://westeurope.api.azureml.ms");
});

test.each([
  ["in the clear", "http://management.azure.com"],
  ["with a path", "https://management.azure.com/x"],
  ["with a password", "https://a:b@management.azure.com"],
  ["that is none", "management.azure.com"],
])("an address %s is refused", (_name, value) => {
  expect(() => readCloud({ PRECEPTOR_AZURE_RESOURCE_MANAGER: value })).toThrow(
    /PRECEPTOR_AZURE_RESOURCE_MANAGER/,
  );
});

test("a credential is named, never guessed", () => {
  expect(() => readCredential({}, readCloud({}))).toThrow(/PRECEPTOR_AZURE_CREDENTIAL/);
  expect(() =>
    readCredential({ PRECEPTOR_AZURE_CREDENTIAL: "client-secret" }, readCloud({})),
  ).toThrow("AZURE_TENANT_ID must be set.");
});
