import { sha256Hex } from "./names.ts";

/** An environment is known by what it is made of before anything is read: the image and the requirements' digest. */
export interface EnvironmentPlan {
  readonly image: string;
  /** Digest of the pinned requirements; null means what the image brings. */
  readonly requirementsSha256: string | null;
}
/** An `EnvironmentVersion` as api-version 2024-04-01 has it on the wire. */
export interface EnvironmentBody {
  readonly properties: {
    readonly image: string;
    readonly condaFile?: string;
    readonly osType: "Linux";
    readonly description: string;
    readonly tags: Readonly<Record<string, string>>;
  };
}
const python = "3.11";
/** Raised when the template changes: the same requirements are then another environment. */
const template = 1;

export const environmentVersion = "1";
export const environmentName = ({ image, requirementsSha256 }: EnvironmentPlan): string =>
  `preceptor-${sha256Hex(JSON.stringify([template, python, image, requirementsSha256])).slice(0, 24)}`;

export const environmentBody = (
  { image }: EnvironmentPlan,
  requirements: string | null,
): EnvironmentBody => ({
  properties: {
    image,
    ...(requirements === null ? {} : { condaFile: condaFile(requirements) }),
    osType: "Linux",
    description: "Made by Preceptor from an image and pinned requirements.",
    tags: { preceptor: "environment" },
  },
});

/** Lines of the requirements in conda's own file; a line goes through as it is, comments do not. */
export function condaFile(requirements: string): string {
  const lines = requirements
    .split(/\r?\n/)
    .map((line) => line.replace(/(^|\s)#.*$/, "").trim())
    .filter((line) => line !== "");
  return [
    "name: preceptor",
    "channels:",
    "  - conda-forge",
    "dependencies:",
    `  - python=${python}`,
    "  - pip",
    ...(lines.length === 0 ? [] : ["  - pip:", ...lines.map((line) => `      - ${scalar(line)}`)]),
    "",
  ].join("\n");
}

/** A JSON string is a YAML string; most lines need no quotes. */
const scalar = (line: string): string =>
  /^[A-Za-z0-9][\w.=<>!~+-]*$/.test(line) ? line : JSON.stringify(line);
