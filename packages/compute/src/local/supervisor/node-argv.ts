import type { AttemptSpec } from "../../provider.ts";

const isPython = (program: string): boolean => program === "python" || program === "python3";
export const startsPython = (command: readonly string[]): boolean => isPython(command[0] ?? "");

export interface Placement {
  readonly node: number;
  readonly masterPort: number;
}

/** Program and arguments of one node: the command itself, or torchrun around it where a node has more than one process. */
export function nodeArgv(
  spec: Pick<AttemptSpec, "command" | "nodes" | "processesPerNode" | "distribution">,
  /** The interpreter and what it is always given. */
  python: readonly string[],
  { node, masterPort }: Placement,
): readonly string[] {
  const [program = "", ...rest] = spec.command;
  if (spec.distribution === "none" || spec.processesPerNode === 1)
    return [...(isPython(program) ? python : [program]), ...rest];
  return [
    ...python,
    "-m",
    "torch.distributed.run",
    `--nnodes=${spec.nodes}`,
    `--nproc-per-node=${spec.processesPerNode}`,
    `--node-rank=${node}`,
    "--master-addr=127.0.0.1",
    `--master-port=${masterPort}`,
    ...(isPython(program) ? rest : ["--no-python", program, ...rest]),
  ];
}
