import { JobSpec } from "@preceptor/domain";
import { describe, expect, test } from "vitest";
import { failureOf } from "../failure.ts";
import { parseYaml } from "./read.ts";

const start = "name: a-job\nkind: fine-tune\nrecipe: lora-sft\n";
const target = "compute: { target: local }\n";

function faults(text: string, settings: string[] = []): string[] {
  try {
    parseYaml(text, "job.yaml", JobSpec, settings);
    return [];
  } catch (error) {
    const { message, fields } = failureOf(error);
    return fields.length === 0
      ? [message]
      : fields.map((f) => [f.at, f.field, f.message].filter(Boolean).join(": "));
  }
}

describe("a fault in a job's file says its line, its column and its field", () => {
  const cases = [
    {
      name: "an unknown key",
      text: `${start}computer: {}\n${target}`,
      says: "job.yaml:4:1: computer: there is no such field",
    },
    {
      name: "an unknown key further in",
      text: `${start}compute:\n  target: local\n  node: 2\n`,
      says: "job.yaml:6:3: compute.node: there is no such field",
    },
    {
      name: "a wrong kind of value",
      text: `${start}compute:\n  target: local\n  nodes: two\n`,
      says: "job.yaml:6:3: compute.nodes: ",
    },
    {
      name: "a time without its unit",
      text: `${start}${target}limits: { timeout: "12" }\n`,
      says: "job.yaml:5:11: limits.timeout: use an ISO 8601 duration",
    },
    {
      name: "a dataset without its split",
      text: `${start}${target}inputs:\n  train: dataset://notes@3\n`,
      says: "job.yaml:6:3: inputs.train: use dataset://name@version/split",
    },
    {
      name: "an item of a list",
      text: `${start}${target}evaluate:\n  - quality@1\n  - quality\n`,
      says: "job.yaml:7:5: evaluate.1: use name@version",
    },
    {
      name: "a field left out is told where it belongs",
      text: start,
      says: "job.yaml:1:1: compute: is missing",
    },
    {
      name: "the same key twice",
      text: `${start}name: b\n${target}`,
      says: "job.yaml:4:1: Map keys must be unique",
    },
    { name: "a bracket that is not closed", text: "name: [a\n", says: "job.yaml:2:1: " },
    {
      name: "two documents in one file",
      text: `${start}${target}---\nname: b\n`,
      says: "job.yaml:5:1: ",
    },
    { name: "an empty file", text: "", says: "job.yaml" },
    { name: "aliases that blow up", text: bomb(), says: "repeats its aliases too often" },
  ];
  test.each(cases)("$name", ({ text, says }) => {
    expect(faults(text).join("\n")).toContain(says);
  });
});

describe("--set", () => {
  test("wins over the file, is read as YAML, and makes the groups it needs", () => {
    const settings = ["parameters.learning_rate=1e-4", "compute.nodes=2", "description=a=b"];
    const { value } = parseYaml(start + target, "job.yaml", JobSpec, settings);
    expect(value).toMatchObject({
      parameters: { learning_rate: 0.0001 },
      compute: { target: "local", nodes: 2 },
      description: "a=b",
    });
  });
  const wrong = [
    { setting: "parameters", says: "--set: parameters: write it as" },
    { setting: "name.x=1", says: "--set: name.x: name is not a group of fields" },
    { setting: "compute.nodes=[", says: "--set: compute.nodes: the value is not YAML" },
    { setting: "compute.node=1", says: "compute.node: there is no such field" },
  ];
  test.each(wrong)("$setting", ({ setting, says }) => {
    expect(faults(start + target, [setting]).join("\n")).toContain(says);
  });
});

function bomb(): string {
  const levels = [..."abcdefgh"].map((letter, at, all) =>
    at === 0
      ? "a: &a [x, x, x, x, x]"
      : `${letter}: &${letter} [${Array(5)
          .fill(`*${all[at - 1]}`)
          .join(", ")}]`,
  );
  return `${levels.join("\n")}\n`;
}
