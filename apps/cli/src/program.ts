import { Command, CommanderError } from "commander";
import type { Shell } from "./command.ts";
import { nouns } from "./commands/nouns.ts";
import { exitCode } from "./exit-code.ts";
import { failureOf, type Failure } from "./failure.ts";
import type { Io } from "./io.ts";
import { printable } from "./render/printable.ts";
import manifest from "../package.json" with { type: "json" };

/** Runs one command line and says the exit code. Nothing is thrown. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const shell: Shell = { io, exitCode: exitCode.ok };
  try {
    const program = await programFor(argv, shell);
    await program.parseAsync(argv, { from: "user" });
    return shell.exitCode;
  } catch (error) {
    // Commander has told people already.
    if (error instanceof CommanderError)
      return error.exitCode === 0 ? exitCode.ok : exitCode.invalid;
    const failure = failureOf(error);
    tell(io, failure, argv.includes("--json"));
    return failure.code;
  }
}

async function programFor(argv: readonly string[], shell: Shell): Promise<Command> {
  const program = new Command("preceptor")
    .description("Train healthcare models, watch them, and ask the board to let them serve.")
    .version(manifest.version)
    .exitOverride()
    .configureOutput({ writeOut: shell.io.stdout.write, writeErr: shell.io.stderr.write })
    .showHelpAfterError("(--help says what it takes)");
  const words = argv.filter((word) => word !== "help" && !word.startsWith("-"));
  const wanted = nouns.find(({ name }) => name === words[0]);
  if (wanted === undefined)
    for (const add of (await import("./commands/verbs.ts")).verbs) add(program, shell);
  for (const noun of nouns) {
    const command = program.command(noun.name).description(noun.about);
    if (noun === wanted) for (const add of (await noun.load()).verbs) add(command, shell);
  }
  return program;
}

function tell(io: Io, { code, message, fields }: Failure, json: boolean): void {
  const lines =
    fields.length === 0
      ? [message]
      : fields.map((fault) =>
          [fault.at, fault.field, fault.message]
            .filter((part) => part !== undefined && part !== "")
            .join(": "),
        );
  for (const line of lines) io.stderr.write(`error: ${printable(line)}\n`);
  if (json) io.stdout.write(`${JSON.stringify({ error: { exitCode: code, message, fields } })}\n`);
}
