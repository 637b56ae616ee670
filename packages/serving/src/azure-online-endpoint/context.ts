import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { DomainError, isSafePath } from "@preceptor/domain";
import type { ServedFile, ServingSpec } from "../provider.ts";
import type { AzureServingTarget } from "./target.ts";

export const bootstrapFile = "preceptor_serve.py";
/** Inside the container only; Azure's own inference server uses another. */
export const port = 8000;

type Runtime = ServingSpec["runtime"];
type ImageOf = Pick<AzureServingTarget, "image"> & {
  readonly serving: Pick<AzureServingTarget["serving"], "runtime" | "vllmImage">;
};

/** What the container is built from. */
export interface BuildContext {
  readonly dockerfile: string;
  /** Files beside it, the bootstrap among them. */
  readonly files: readonly ServedFile[];
}

/** Language models are served by vLLM; anything else by the recipe's own program with its pinned requirements. */
export function buildContext(target: ImageOf, runtime: Runtime): BuildContext {
  const [bootstrap] = [bootstrapLink()];
  if (target.serving.runtime === "vllm")
    return {
      dockerfile: dockerfile(target.serving.vllmImage, "python3", null),
      files: [bootstrap],
    };
  for (const { path } of runtime.code)
    if (!isSafePath(path) || path === bootstrapFile || path === "Dockerfile")
      throw new DomainError("invalid", `The server's code may not have a file ${path}.`);
  const { requirements } = runtime;
  if (requirements !== null && !runtime.code.some(({ path }) => path === requirements))
    throw new DomainError("invalid", `The server's code has no file ${requirements}.`);
  return {
    dockerfile: dockerfile(target.image, "python", requirements),
    files: [...runtime.code, bootstrap],
  };
}

/**
 * Runs as the image's own user; nothing is downloaded once it is built. The requirements are the whole list, as for a job's image: what
 * they say they depend on, in the version of the day, is never added. Where they name hashes, pip asks for each.
 */
function dockerfile(image: string, python: string, requirements: string | null): string {
  const how = ["--no-deps", "--no-cache-dir", "--no-input", "--disable-pip-version-check"];
  const pip = [python, "-m", "pip", "install", ...how, "-r", requirements];
  return [
    `FROM ${image}`,
    "WORKDIR /preceptor",
    "COPY . /preceptor",
    ...(requirements === null ? [] : [`RUN ${JSON.stringify(pip)}`]),
    `ENTRYPOINT ${JSON.stringify([python, `/preceptor/${bootstrapFile}`])}`,
    "",
  ].join("\n");
}

/** `{model}`, `{host}` and `{port}` are filled in by the bootstrap. */
export function serverCommand(target: ImageOf, { purpose, runtime }: ServingSpec): string[] {
  const where = ["--host", "{host}", "--port", "{port}"];
  if (target.serving.runtime === "vllm")
    return ["vllm", "serve", "{model}", ...where, "--served-model-name", purpose];
  return [...runtime.command, "--model", "{model}", ...where, "--served-name", purpose];
}

function bootstrapLink(): ServedFile {
  const place = new URL(`./${bootstrapFile}`, import.meta.url);
  const content = readFileSync(place);
  return {
    path: bootstrapFile,
    sha256: createHash("sha256").update(content).digest("hex"),
    sizeBytes: content.length,
    link: place.href,
  };
}
