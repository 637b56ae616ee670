import { expect, test } from "vitest";
import { storageVariables } from "./storage-variables.ts";

test.each([undefined, "", "filesystem"])("%j keeps everything below the data folder", (store) => {
  expect(storageVariables("/data", { PRECEPTOR_STORAGE: store })).toEqual({
    PRECEPTOR_STORAGE_DIR: "/data/storage",
    PRECEPTOR_AUDIT_HEADS: "/data/audit-heads",
  });
});

test("another store is told its places by the environment alone: a folder is no container", () => {
  expect(storageVariables("/data", { PRECEPTOR_STORAGE: "elsewhere" })).toEqual({});
});
