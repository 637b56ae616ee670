import { join } from "node:path";

/** Where everything of one attempt lies; made by the adapter, filled by its supervisor. */
export interface AttemptLayout {
  readonly attemptId: string;
  readonly root: string;
  readonly spec: string;
  readonly parameters: string;
  readonly code: string;
  readonly inputs: string;
  readonly resume: string;
  readonly checkpoints: string;
  readonly outputs: string;
  readonly logs: string;
  /** One file for each process that was forked from another's libraries: named by its pid, holding its start. */
  readonly forked: string;
  readonly state: string;
  /** Written once, by whoever won the attempt: see claim.ts. */
  readonly claimFile: string;
  readonly stateFile: string;
  /** Its presence asks the supervisor to stop. */
  readonly cancelFile: string;
  readonly supervisorLog: string;
  /** Present while the attempt is not over, so that counting what runs reads no history. */
  readonly runningMark: string;
}

export const isAttemptId = (id: string): boolean => /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/.test(id);

export const attemptsFolder = (workDir: string): string => join(workDir, "attempts");
export const environmentsFolder = (workDir: string): string => join(workDir, "environments");
export const forksFolder = (workDir: string): string => join(workDir, "forks");
export const runningFolder = (workDir: string): string => join(workDir, "running");

export function attemptLayout(workDir: string, attemptId: string): AttemptLayout {
  if (!isAttemptId(attemptId)) throw new Error(`not an attempt id: ${JSON.stringify(attemptId)}`);
  const root = join(attemptsFolder(workDir), attemptId);
  const state = join(root, "state");
  return {
    attemptId,
    root,
    spec: join(root, "spec.json"),
    parameters: join(root, "parameters.json"),
    code: join(root, "code"),
    inputs: join(root, "inputs"),
    resume: join(root, "resume"),
    checkpoints: join(root, "checkpoints"),
    outputs: join(root, "outputs"),
    logs: join(root, "logs"),
    forked: join(root, "forked"),
    state,
    claimFile: join(state, "claim.json"),
    stateFile: join(state, "state.json"),
    cancelFile: join(state, "cancel"),
    supervisorLog: join(state, "supervisor.log"),
    runningMark: join(runningFolder(workDir), attemptId),
  };
}
