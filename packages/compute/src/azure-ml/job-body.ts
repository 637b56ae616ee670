import { DomainError } from "@preceptor/domain";
import type { AttemptSpec } from "../provider.ts";
import { commandLine } from "./command-line.ts";
import { manifestsBinding } from "./manifests.ts";
import { attemptPrefix, bindingName, datastoreUri, resumeBinding } from "./names.ts";
import type { AzureMlTarget } from "./target.ts";

/** What a job of an attempt is made of, beside its spec: assets that exist by now, and where its inputs were brought. */
export interface JobParts {
  readonly attemptId: string;
  readonly spec: AttemptSpec;
  readonly target: AzureMlTarget;
  readonly codeId: string;
  readonly environmentId: string;
  /** A cluster, or serverless machines of a kind. */
  readonly machines: { readonly computeId: string } | { readonly instanceType: string };
  /** Prefix in the container of each input, by the input's name. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly resumeFrom: string | null;
  /** Prefix of the lists of their files. */
  readonly manifests: string | null;
}
interface Mount {
  readonly uri: string;
}
/** A `JobBase` of type Command, as api-version 2024-04-01 has it on the wire. */
export interface JobBody {
  readonly properties: {
    readonly jobType: "Command";
    readonly displayName: string;
    readonly experimentName: "preceptor";
    readonly tags: Readonly<Record<string, string>>;
    readonly codeId: string;
    readonly environmentId: string;
    readonly computeId?: string;
    readonly queueSettings?: { readonly jobTier: "Standard" | "Spot" };
    readonly command: string;
    readonly environmentVariables: Readonly<Record<string, string>>;
    readonly inputs: Readonly<
      Record<string, Mount & { jobInputType: "uri_folder"; mode: "ReadOnlyMount" }>
    >;
    readonly outputs: Readonly<
      Record<string, Mount & { jobOutputType: "uri_folder"; mode: "ReadWriteMount" }>
    >;
    readonly distribution?: Distribution;
    readonly resources: {
      readonly instanceCount: number;
      readonly instanceType?: string;
      readonly shmSize: string;
    };
    readonly limits: { readonly jobLimitsType: "Command"; readonly timeout: string };
    readonly identity?: { readonly identityType: "Managed"; readonly clientId: string };
  };
}
interface Distribution {
  readonly distributionType: "PyTorch" | "Mpi";
  readonly processCountPerInstance: number;
}

/** Every list of our own jobs is asked for with this tag. */
export const tags = {
  ours: "preceptor",
  attempt: "preceptor.attempt",
  job: "preceptor.job",
} as const;
const defaultSharedMemory = "8g";

/** On a cluster the tier is the cluster's own (`vmPriority`): `queueSettings` belongs to serverless machines. */
export function jobBody(parts: JobParts): JobBody {
  const { attemptId, spec, target, machines } = parts;
  const distribution = distributionOf(spec);
  return {
    properties: {
      jobType: "Command",
      displayName: spec.jobName.slice(0, 255),
      experimentName: "preceptor",
      tags: {
        [tags.ours]: "attempt",
        [tags.attempt]: attemptId,
        ...(spec.environment["PRECEPTOR_JOB_ID"] === undefined
          ? {}
          : { [tags.job]: spec.environment["PRECEPTOR_JOB_ID"] }),
      },
      codeId: parts.codeId,
      environmentId: parts.environmentId,
      ...("computeId" in machines
        ? { computeId: machines.computeId }
        : { queueSettings: { jobTier: spec.tier === "spot" ? "Spot" : "Standard" } }),
      command: commandLine(spec),
      environmentVariables: variables(attemptId, spec),
      inputs: Object.fromEntries(
        mounts(parts).map(([name, prefix]) => [
          name,
          { jobInputType: "uri_folder", mode: "ReadOnlyMount", uri: datastoreUri(target, prefix) },
        ]),
      ),
      outputs: Object.fromEntries(
        ["checkpoints", "outputs", "state"].map((area) => [
          area,
          {
            jobOutputType: "uri_folder",
            // Mode Upload copies at the end only: a preemption would lose everything.
            mode: "ReadWriteMount",
            uri: datastoreUri(target, `${attemptPrefix(attemptId)}/${area}`),
          },
        ]),
      ),
      ...(distribution ? { distribution } : {}),
      resources: {
        instanceCount: count(spec.nodes, "nodes"),
        ...("computeId" in machines ? {} : { instanceType: instanceType(machines.instanceType) }),
        shmSize: sharedMemory(target.sharedMemory ?? defaultSharedMemory),
      },
      limits: { jobLimitsType: "Command", timeout: `PT${seconds(spec.timeoutMs)}S` },
      ...(target.identityClientId === null
        ? {}
        : { identity: { identityType: "Managed", clientId: target.identityClientId } }),
    },
  };
}

/** Without a distribution a job has one node only: a plain command on several is started by PyTorch's launcher, once a node. */
function distributionOf(spec: AttemptSpec): Distribution | null {
  const processes = count(spec.processesPerNode, "processesPerNode");
  switch (spec.distribution) {
    case "pytorch":
      return { distributionType: "PyTorch", processCountPerInstance: processes };
    case "mpi":
      return { distributionType: "Mpi", processCountPerInstance: processes };
    case "none":
      return spec.nodes > 1 ? { distributionType: "PyTorch", processCountPerInstance: 1 } : null;
  }
}

function mounts({ inputs, resumeFrom, manifests }: JobParts): [string, string][] {
  const all = Object.entries(inputs).map(([name, prefix]): [string, string] => [
    bindingName(name),
    prefix,
  ]);
  if (resumeFrom !== null) all.push([resumeBinding, resumeFrom]);
  if (manifests !== null) all.push([manifestsBinding, manifests]);
  return all;
}

const variableName = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Whoever may read jobs of the workspace may read these: no secret is among them, only the ticket that its processes use up. */
function variables(attemptId: string, spec: AttemptSpec): Record<string, string> {
  if (spec.ticket === undefined && Object.keys(spec.secrets).length > 0)
    throw new DomainError("invalid", "secrets come to a job of Azure ML by a ticket only");
  const all = {
    ...spec.environment,
    ...(spec.ticket === undefined
      ? {}
      : { PRECEPTOR_TICKET: spec.ticket.value, PRECEPTOR_TICKET_URL: spec.ticket.url }),
    PRECEPTOR_ATTEMPT_ID: attemptId,
    PRECEPTOR_PARAMETERS_JSON: JSON.stringify(spec.parameters),
  };
  for (const name of Object.keys(all))
    if (!variableName.test(name))
      throw new DomainError("invalid", `${JSON.stringify(name)} cannot be a variable of a job`);
  return all;
}

function count(value: number, field: string): number {
  if (Number.isInteger(value) && value >= 1 && value <= 1024) return value;
  throw new DomainError("invalid", `${field} must be a whole number from 1 to 1024`, { field });
}

/** Without a cluster and a kind of machine Azure would choose one itself, at a price of its own. */
function instanceType(name: string): string {
  if (/^[A-Za-z][\w-]{1,79}$/.test(name)) return name;
  throw new DomainError("invalid", "serverless machines need the name of their kind", {
    field: "compute.instanceType",
  });
}

function sharedMemory(size: string): string {
  if (/^[1-9]\d{0,14}[bkmg]$/i.test(size)) return size;
  throw new DomainError("invalid", "shared memory must be a number and a unit, e.g. 8g");
}

function seconds(timeoutMs: number): number {
  const whole = Math.ceil(timeoutMs / 1000);
  if (Number.isSafeInteger(whole) && whole >= 1) return whole;
  throw new DomainError("invalid", "a job needs a time limit of at least a second");
}
