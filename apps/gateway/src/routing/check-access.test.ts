import { expect, it } from "vitest";
import { checkAccess, type Means } from "./check-access.ts";

const scope = "https://models.example/.default";
const all: Means = { servingKey: true, tokenScopes: [scope] };
const here = "http://127.0.0.1:8000/v1";
const cloud = "https://notes.example/v1";
const place = {
  subscriptionId: "00000000-0000-4000-8000-000000000000",
  resourceGroup: "group",
  workspace: "workspace",
  region: "westeurope",
  endpoint: "notes",
};
const access = (bearer: object, headers: object = {}) => ({ bearer, headers });
const installation = access({ from: "installation" });
const identity = access({ from: "identity", scope });
const key = access({ from: "endpoint-key", place });

it.each<[string, unknown, string, Means, string]>([
  ["a model of this machine", installation, here, all, "ok"],
  ["an endpoint that takes tokens", identity, cloud, all, "ok"],
  ["an endpoint that takes its key", key, cloud, all, "ok"],
  ["headers of its own", access({ from: "installation" }, { "x-blue": "1" }), here, all, "ok"],
  [
    "a model of this machine, by a gateway without the serving key",
    installation,
    here,
    { ...all, servingKey: false },
    "no-serving-key",
  ],
  [
    "an endpoint that takes tokens, by a gateway without an identity",
    identity,
    cloud,
    { ...all, tokenScopes: null },
    "no-identity",
  ],
  [
    "an endpoint that takes its key, by a gateway without an identity",
    key,
    cloud,
    { ...all, tokenScopes: null },
    "no-identity",
  ],
  ["one of which nothing is known yet", null, cloud, all, "access-unknown"],
  ["this machine's bearer sent elsewhere", installation, cloud, all, "access-not-allowed"],
  ["a token in the clear", identity, here, all, "access-not-allowed"],
  ["a key in the clear", key, here, all, "access-not-allowed"],
  [
    "a token for somebody else",
    access({ from: "identity", scope: "https://else.example/.default" }),
    cloud,
    all,
    "access-not-allowed",
  ],
  [
    "a header the gateway itself sends",
    access({ from: "identity", scope }, { Authorization: "x" }),
    cloud,
    all,
    "access-not-allowed",
  ],
  [
    "a key by a name that is a path",
    access({ from: "endpoint-key", place: { ...place, endpoint: "a/../b" } }),
    cloud,
    all,
    "access-not-allowed",
  ],
  ["a secret in the row", { ...installation, token: "x" }, here, all, "access-not-allowed"],
])("asking %s", (_, wanted, endpoint, means, expected) => {
  const checked = checkAccess(wanted, new URL(endpoint), means);
  expect(checked.ok ? "ok" : checked.code).toBe(expected);
});
