import { DomainError } from "@preceptor/domain";
import type { AttemptSpec } from "../provider.ts";
import { listsOf, manifestsBinding } from "./manifests.ts";
import { bindingName, resumeBinding } from "./names.ts";

export const bootstrapFile = "preceptor_run.py";
const inputName = /^[a-z][a-z0-9]*([-_][a-z0-9]+)*$/;

/** What each process runs: our bootstrap with the folders the cluster mounts for it, then the program behind `--`. */
export function commandLine(
  spec: Pick<
    AttemptSpec,
    | "command"
    | "inputs"
    | "resumeFrom"
    | "nodes"
    | "processesPerNode"
    | "distribution"
    | "diskQuotaBytes"
    | "logLimitBytes"
  >,
): string {
  if (spec.command.length === 0) throw new DomainError("invalid", "the job has no command");
  return [
    "python",
    bootstrapFile,
    ...inputs(Object.keys(spec.inputs)),
    ...(spec.resumeFrom ? ["--resume-from", resumeFolder(spec.resumeFrom.name)] : []),
    ...verify(spec),
    "--disk-quota",
    String(spec.diskQuotaBytes),
    "--log-limit",
    String(spec.logLimitBytes),
    "--checkpoints",
    "${{outputs.checkpoints}}",
    "--outputs",
    "${{outputs.outputs}}",
    "--state",
    "${{outputs.state}}",
    "--distribution",
    spec.distribution,
    "--nodes",
    String(spec.nodes),
    "--processes-per-node",
    String(spec.distribution === "none" ? 1 : spec.processesPerNode),
    "--",
    ...spec.command.map(quoted),
  ].join(" ");
}

function inputs(names: readonly string[]): string[] {
  const bound = new Set<string>();
  return names.flatMap((name) => {
    const binding = bindingName(name);
    const isOurs = binding === resumeBinding || binding === manifestsBinding;
    if (!inputName.test(name) || isOurs || bound.has(binding))
      throw new DomainError(
        "invalid",
        `${JSON.stringify(name)} cannot be the name of an input on this target`,
        { field: `inputs.${name}` },
      );
    bound.add(binding);
    return ["--input", `${binding}=\${{inputs.${binding}}}`];
  });
}

/** The digest of each list of files comes with the command; the lists themselves, which it vouches for, are mounted. */
function verify(spec: Pick<AttemptSpec, "inputs" | "resumeFrom">): string[] {
  const lists = listsOf(spec);
  return lists.length === 0
    ? []
    : [
        "--manifests",
        `\${{inputs.${manifestsBinding}}}`,
        ...lists.flatMap(({ binding, digest }) => ["--verify", `${binding}=${digest}`]),
      ];
}

/** For the shell that starts it. `${{` would be read as a binding of the job before any shell sees it. */
function quoted(argument: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what is refused
  if (argument.includes("${{") || /[\u0000-\u001f\u007f]/.test(argument))
    throw new DomainError(
      "invalid",
      "an argument of the command has characters that cannot be passed on",
    );
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`;
}

/** The checkpoint's own folder inside the mount: its name says the step. */
function resumeFolder(checkpoint: string): string {
  if (/^[\w.-]{1,100}$/.test(checkpoint)) return `\${{inputs.resume_from}}/${checkpoint}`;
  throw new DomainError(
    "invalid",
    `${JSON.stringify(checkpoint)} cannot be the name of a checkpoint`,
  );
}
