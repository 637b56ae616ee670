import { DomainError } from "@preceptor/domain";
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
    readonly image?: string;
    readonly build?: { readonly contextUri: string; readonly dockerfilePath: string };
    readonly osType: "Linux";
    readonly description: string;
    readonly tags: Readonly<Record<string, string>>;
  };
}
const python = "3.11";
/** Raised when the template changes: the same requirements are then another environment. */
const template = 2;

export const environmentVersion = "1";
export const environmentName = ({ image, requirementsSha256 }: EnvironmentPlan): string =>
  `preceptor-${sha256Hex(JSON.stringify([template, python, image, requirementsSha256])).slice(0, 24)}`;

/** `contextUri`: the folder with the Dockerfile and the requirements; null where the image has all that is needed. */
export const environmentBody = (
  { image }: EnvironmentPlan,
  contextUri: string | null,
): EnvironmentBody => ({
  properties: {
    ...(contextUri === null ? { image } : { build: { contextUri, dockerfilePath } }),
    osType: "Linux",
    description: "Made by Preceptor from an image and pinned requirements.",
    tags: { preceptor: "environment" },
  },
});

export const dockerfilePath = "Dockerfile";
export const requirementsPath = "requirements.txt";

/**
 * No conda file: pip would then add whatever the packages say they depend on, in the version of the day. The requirements are the whole
 * list, as they are on every other target.
 */
export function dockerfile({ image }: EnvironmentPlan): string {
  if (!/^[A-Za-z0-9][\w./:@-]{0,499}$/.test(image))
    throw new DomainError("invalid", `${JSON.stringify(image)} cannot be the name of an image`);
  return `FROM ${image}
COPY ${requirementsPath} ${folder}/${requirementsPath}
RUN if command -v conda; \\
    then conda create --yes --prefix ${folder}/python --override-channels --channel conda-forge python=${python} pip; \\
    else python3 -m venv ${folder}/python; fi && \\
    ${folder}/python/bin/python -m pip install --no-deps --no-cache-dir --no-input --disable-pip-version-check \\
    --requirement ${folder}/${requirementsPath}
ENV PATH=${folder}/python/bin:$PATH
`;
}
const folder = "/opt/preceptor";
