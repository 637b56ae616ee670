import { resolve } from "node:path";
import { expect, it } from "vitest";
import { readHeadsChoice, readStorageChoice } from "./choice.ts";

const azure = {
  PRECEPTOR_STORAGE: "azure-blob",
  PRECEPTOR_STORAGE_ENDPOINT: "https://account.blob.core.windows.net/",
  PRECEPTOR_STORAGE_CONTAINER: "objects",
};

it("is the filesystem unless told otherwise, in the folder named or the process's own", () => {
  expect(readStorageChoice({ PRECEPTOR_STORAGE_DIR: "a" }, "/b")).toEqual({
    kind: "filesystem",
    root: resolve("a"),
  });
  expect(readStorageChoice({ PRECEPTOR_STORAGE: "" }, "/b").kind).toBe("filesystem");
});

it("is a container of Azure Blob when told so", () => {
  expect(readStorageChoice(azure)).toEqual({
    kind: "azure-blob",
    blobEndpoint: "https://account.blob.core.windows.net",
    container: "objects",
  });
});

it.each([
  ["a store nobody knows", { PRECEPTOR_STORAGE: "s3" }, /^PRECEPTOR_STORAGE:/],
  ["no folder where there is no default", {}, /PRECEPTOR_STORAGE_DIR/],
  [
    "no container",
    { ...azure, PRECEPTOR_STORAGE_CONTAINER: "" },
    /needs PRECEPTOR_STORAGE_CONTAINER/,
  ],
  [
    "a container no account can have",
    { ...azure, PRECEPTOR_STORAGE_CONTAINER: "a--b" },
    /_CONTAINER:/,
  ],
  ["plain http", { ...azure, PRECEPTOR_STORAGE_ENDPOINT: "http://a.example" }, /_ENDPOINT:/],
])("refuses %s and names the variable", (_, environment, message) => {
  expect(() => readStorageChoice(environment)).toThrow(message);
});

it("refuses a signed address and does not repeat its signature", () => {
  const signed = { ...azure, PRECEPTOR_STORAGE_ENDPOINT: "https://a.example/?sv=1&sig=SECRET" };
  expect(() => readStorageChoice(signed)).toThrow(/without a signature/);
  expect(() => readStorageChoice(signed)).not.toThrow(/SECRET/);
});

it("puts heads in a container of their own, in a folder, or nowhere", () => {
  const store = readStorageChoice(azure);
  const heads = (named: string) => readHeadsChoice({ PRECEPTOR_AUDIT_HEADS: named }, store);
  expect(heads("audit-heads")).toEqual({ ...store, container: "audit-heads" });
  expect(() => heads("objects")).toThrow(/another container/);
  expect(() => heads("No Container")).toThrow(/^PRECEPTOR_AUDIT_HEADS:/);
  const folder = { PRECEPTOR_AUDIT_HEADS: "heads" };
  const local = { kind: "filesystem", root: "/b" } as const;
  expect(readHeadsChoice(folder, local)).toEqual({ kind: "filesystem", root: resolve("heads") });
  expect(readHeadsChoice({ PRECEPTOR_AUDIT_HEADS: "" }, local)).toBeNull();
});
