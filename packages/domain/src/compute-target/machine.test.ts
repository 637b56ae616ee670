import { expect, test } from "vitest";
import { faultsOf } from "../fault.ts";
import { anAzureTarget, price } from "./azure-ml/testing/an-azure-target.ts";
import { AzureMlSettings } from "./azure-ml/settings.ts";
import { choose, nodePrice, type Choice } from "./compute-target.ts";

const common = { maxNodes: 4, maxProcessesPerNode: 8, diskQuotaBytes: 1e12, logLimitBytes: 1e6 };
const plain = AzureMlSettings.parse(anAzureTarget);
/** A cluster of dedicated A100, one of spot A100, and H100 without a cluster. */
const wide = {
  ...anAzureTarget,
  instanceType: "Standard_A100",
  tier: "dedicated",
  machines: [
    { instanceType: "Standard_A100", tier: "spot", cluster: "a100-spot" },
    { instanceType: "Standard_H100", tier: "dedicated" },
  ],
  images: ["registry.example.org/trainer:2"],
  prices: [
    price("dedicated", 36),
    price("spot", 9),
    price("dedicated", 98, "Standard_H100"),
    price("spot", 20, "Standard_H100"),
  ],
};

const chosen = (azure: object, wish: Choice) =>
  choose("cloud", { ...common, azure: AzureMlSettings.parse(azure) }, wish);
const place = (azure: object, wish: Choice) => {
  const choice = chosen(azure, wish);
  return Array.isArray(choice) ? choice.map(({ field }) => field) : choice.machine?.cluster;
};
const said = (wish: Choice): string => {
  const choice = chosen(wide, wish);
  return Array.isArray(choice) ? choice.map(({ message }) => message).join(" ") : "";
};

test.each<[string, unknown, unknown]>([
  [
    "a job that names no machine goes to the cluster, as it always did",
    place(plain, { tier: "dedicated" }),
    "a100",
  ],
  [
    "so does one for spot, where nobody said of which tier the cluster is",
    place(plain, { tier: "spot" }),
    "a100",
  ],
  [
    "where its tier is known, spot is another cluster with the same machines",
    place(wide, { tier: "spot" }),
    "a100-spot",
  ],
  [
    "the target's own machines may be named",
    place(wide, { tier: "dedicated", instanceType: "Standard_A100" }),
    "a100",
  ],
  [
    "names are compared as Azure does, without regard to case",
    place(wide, { tier: "spot", instanceType: "standard_a100" }),
    "a100-spot",
  ],
  [
    "machines without a cluster are started for the job alone",
    place(wide, { tier: "dedicated", instanceType: "Standard_H100" }),
    null,
  ],
  [
    "a tier that those machines do not have",
    place(wide, { tier: "spot", instanceType: "Standard_H100" }),
    ["tier"],
  ],
  [
    "a tier that the one cluster does not have",
    place({ ...anAzureTarget, tier: "spot" }, { tier: "dedicated" }),
    ["tier"],
  ],
  [
    "machines nobody allows",
    place(wide, { tier: "dedicated", instanceType: "Standard_V100" }),
    ["instanceType"],
  ],
  [
    "any machine, where the target says of none",
    place(plain, { tier: "dedicated", instanceType: "Standard_A100" }),
    ["instanceType"],
  ],
  ["an image nobody allows", place(wide, { tier: "spot", image: "other/image:1" }), ["image"]],
  [
    "two things at once",
    place(wide, { tier: "spot", instanceType: "Standard_V100", image: "other/image:1" }),
    ["instanceType", "image"],
  ],
])("%s", (_, found, expected) => {
  expect(found).toEqual(expected);
});

test("a refusal says what there is to choose instead", () => {
  expect(said({ tier: "dedicated", instanceType: "Standard_V100" })).toBe(
    "There is no Standard_V100 for jobs on cloud: choose Standard_A100 or Standard_H100, or ask an operator to allow it.",
  );
  expect(said({ tier: "spot", instanceType: "Standard_H100" })).toBe(
    "On cloud there are dedicated machines only of Standard_H100: set compute.tier to dedicated, or choose another compute.instanceType: spot are Standard_A100.",
  );
});

test("the image is the target's own or one of those it allows", () => {
  const image = (wish?: string) => {
    const choice = chosen(wide, { tier: "dedicated", image: wish });
    return Array.isArray(choice) ? null : choice.image;
  };
  expect([image(), image("registry.example.org/trainer:2")]).toEqual([
    "registry.example.org/trainer:1",
    "registry.example.org/trainer:2",
  ]);
});

test("where there is nothing to choose, a choice is refused and nothing else", () => {
  expect(choose("local", common, { tier: "spot" })).toEqual({ machine: null, image: null });
  expect(choose("local", common, { tier: "spot", instanceType: "Standard_A100" })).toEqual([
    {
      field: "instanceType",
      message: expect.stringMatching(
        /^There is one kind of machine on local, its own: leave compute\./,
      ),
    },
  ]);
});

test("the price is that of the machines and tier a job gets, and of none it cannot have", () => {
  const settings = { ...common, azure: AzureMlSettings.parse(wide) };
  const of = (tier: "dedicated" | "spot", name?: string) =>
    nodePrice(settings, tier, name)?.perNodeHour ?? null;
  expect([of("dedicated"), of("spot"), of("dedicated", "standard_h100")]).toEqual([36, 9, 98]);
  expect(of("spot", "Standard_H100")).toBeNull();
});

const faults = (changed: object): string[] => {
  const parsed = AzureMlSettings.safeParse({ ...wide, ...changed });
  return parsed.success ? [] : faultsOf(parsed.error).map((one) => `${one.field}: ${one.message}`);
};
const spare = wide.machines[0];
const pinned = `registry.example.org/trainer@sha256:${"a".repeat(64)}`;

test("digests alone are taken where images are pinned; vLLM's image counts only where it serves", () => {
  const serving = { instanceType: "Standard_A100", runtime: "recipe" };
  expect(faults({ pinnedImages: true, image: pinned, images: [], serving })).toEqual([]);
});

test.each<[string, object, string[]]>([
  [
    "a choice, while the cluster's own machines are not said",
    { instanceType: undefined, tier: undefined, prices: [] },
    [
      "instanceType: say which machines the cluster has, since a job may choose others",
      "tier: say of which tier the cluster is, since a job may choose others",
    ],
  ],
  [
    "the cluster's own machines once more",
    { machines: [{ instanceType: "standard_a100", tier: "dedicated" }] },
    ["machines.0: a job may choose dedicated standard_a100 already"],
  ],
  [
    "a cluster that has two kinds of machine",
    { machines: [spare, { ...spare, instanceType: "Standard_H100" }] },
    ["machines.1.cluster: a100-spot is named already, and a cluster has one kind of machine"],
  ],
  [
    "an image named twice",
    { images: ["a/b:1", "a/b:1", anAzureTarget.image] },
    ["images.1: is named already", "images.2: is named already"],
  ],
  [
    "a tag where images are named by digest, also the one that vLLM is served from,",
    {
      pinnedImages: true,
      image: pinned,
      images: ["a/b:1", `a/b:1@sha256:${"0".repeat(63)}`],
      serving: { instanceType: "Standard_A100" },
    },
    ["images.0", "images.1", "serving.vllmImage"].map(
      (field, n) =>
        `${field}: ${["a/b:1", `a/b:1@sha256:${"0".repeat(63)}`, "vllm/vllm-openai:v0.11.0"][n]} is a tag, and this target takes digests only: write the image as its registry names it, with @sha256: and 64 hexadecimal digits`,
    ),
  ],
])("%s is refused by its field", (_, changed, expected) => {
  expect(faults(changed)).toEqual(expected);
});
