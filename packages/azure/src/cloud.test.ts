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

test.each([
  ["a region's endpoint", "https://m.westeurope.inference.ml.azure.com/v1", true],
  ["one in the clear", "http://m.westeurope.inference.ml.azure.com/v1", false],
  ["one at another port", "https://m.westeurope.inference.ml.azure.com:8443/v1", false],
  ["a host that only ends alike", "https://evil-inference.ml.azure.com.example.org/v1", false],
  ["a name in front", "https://user@m.westeurope.inference.ml.azure.com/v1", false],
  ["another host", "https://example.org/.inference.ml.azure.com", false],
])("a token goes to %s or not", (_name, address, may) => {
  expect(readCloud({}).mayAnswer(new URL(address))).toBe(may);
});

test("endpoints of a cloud of one's own are named", () => {
  const cloud = readCloud({ PRECEPTOR_AZURE_ENDPOINT_HOSTS: "127.0.0.1:8443, .ml.example.org" });
  const may = (address: string): boolean => cloud.mayAnswer(new URL(address));
  expect(may("https://127.0.0.1:8443/v1")).toBe(true);
  expect(may("https://127.0.0.1:8444/v1")).toBe(false);
  expect(may("https://a.ml.example.org/v1")).toBe(true);
  expect(may("https://m.westeurope.inference.ml.azure.com/v1")).toBe(false);
  expect(() => readCloud({ PRECEPTOR_AZURE_ENDPOINT_HOSTS: "https://x" })).toThrow(/HOSTS/);
});

test("a credential is named, never guessed", () => {
  expect(() => readCredential({}, readCloud({}))).toThrow(/PRECEPTOR_AZURE_CREDENTIAL/);
  expect(() =>
    readCredential({ PRECEPTOR_AZURE_CREDENTIAL: "client-secret" }, readCloud({})),
  ).toThrow("AZURE_TENANT_ID must be set.");
});
