import { readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { DomainError } from "@preceptor/domain";

/** Where everything about one deployment is on this machine. */
export interface DeploymentFolder {
  readonly deploymentId: string;
  readonly path: string;
  readonly spec: string;
  readonly state: string;
  /** Written by the server's own shell before it becomes the server: made only once, it is the proof of a start. */
  readonly process: string;
  readonly model: string;
  readonly code: string;
  readonly log: string;
}

export function deploymentFolder(workDir: string, deploymentId: string): DeploymentFolder {
  if (!/^[A-Za-z0-9_-]{1,80}$/.test(deploymentId))
    throw new DomainError("invalid", "A deployment id is letters, digits, '_' and '-'.");
  const path = resolve(workDir, "deployments", deploymentId);
  return {
    deploymentId,
    path,
    spec: join(path, "spec.json"),
    state: join(path, "state.json"),
    process: join(path, "process"),
    model: join(path, "model"),
    code: join(path, "code"),
    log: join(path, "server.log"),
  };
}

/** Every deployment that was ever started here. */
export const deploymentIds = (workDir: string): Promise<string[]> =>
  readdir(resolve(workDir, "deployments")).catch(() => []);
