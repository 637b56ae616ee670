import { faultsOf } from "@preceptor/domain";
import { Option, type Command } from "commander";
import { z } from "zod";
import { openSession, type Session } from "./connection/session.ts";
import { exitCode, type ExitCode } from "./exit-code.ts";
import { CliError } from "./failure.ts";
import type { Io } from "./io.ts";
import { paintFor, type Paint } from "./render/paint.ts";

/** What a running command works with. */
export interface Tools {
  readonly io: Io;
  readonly json: boolean;
  readonly paint: Paint;
  /** The command's result on standard output: as JSON with --json, else as text for people. */
  answer(value: unknown, text: string): void;
  /** A message on standard error, which never mixes with a result. */
  say(text: string): void;
  /** The server as the signed-in person; not signed in is exit code 3. */
  session(): Promise<Session>;
}

/** One run of the program: where it happens and the exit code it comes to. */
export interface Shell {
  readonly io: Io;
  exitCode: ExitCode;
}

export interface Flag {
  /** As commander writes it: `--limit <n>`. */
  readonly flags: string;
  readonly about: string;
  /** May be given more than once; the option is then a list. */
  readonly repeat?: boolean;
}
interface Definition<A extends z.ZodType, O extends z.ZodType> {
  readonly usage: string;
  readonly about: string;
  readonly args: A;
  readonly flags?: readonly Flag[];
  readonly options: O;
  run(tools: Tools, args: z.output<A>, options: z.output<O>): Promise<ExitCode | void>;
}
export type AddCommand = (parent: Command, shell: Shell) => void;

/** Adds a command whose arguments and options are checked by their schemas before it runs. Every command takes --json. */
export function defineCommand<A extends z.ZodType, O extends z.ZodType>(
  definition: Definition<A, O>,
): AddCommand {
  return (parent, shell) => {
    const command = parent.command(definition.usage).description(definition.about);
    for (const { flags, about, repeat } of definition.flags ?? []) {
      const option = new Option(flags, about);
      if (repeat) option.argParser<string[]>((value, before) => [...(before ?? []), value]);
      command.addOption(option);
    }
    command.option("--json", "print the result as JSON on standard output");
    command.action(async () => {
      const given: Record<string, unknown> = command.opts();
      const { json, ...rest } = given;
      const names = command.registeredArguments.map((argument) => `<${argument.name()}>`);
      // An optional argument that was left out is not there at all, rather than undefined.
      // What is past the last name belongs to it: it may be given more than once.
      const nameAt = (at: string): string => names[Number(at)] ?? names.at(-1) ?? at;
      const args = checked(definition.args, [...command.args], nameAt);
      const options = checked(definition.options, rest, flagName);
      const code = await definition.run(toolsFor(shell.io, json === true), args, options);
      shell.exitCode = code ?? exitCode.ok;
    });
  };
}

function toolsFor(io: Io, json: boolean): Tools {
  return {
    io,
    json,
    paint: paintFor(io.stdout.colour && !json),
    answer: (value, text) =>
      io.stdout.write(`${json ? JSON.stringify(value, null, 2) : text.trimEnd()}\n`),
    say: (text) => io.stderr.write(`${text}\n`),
    session: () => openSession(io),
  };
}

function checked<S extends z.ZodType>(
  schema: S,
  value: unknown,
  nameOf: (key: string) => string,
): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const fields = faultsOf(result.error).map(({ field, message }) => ({
    field: nameOf(field.split(".")[0] ?? ""),
    message,
  }));
  throw new CliError(exitCode.invalid, "The command line is not valid.", fields);
}

const flagName = (key: string): string =>
  `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

export const noArguments = z.tuple([]);
export const noOptions = z.object({});
export const Limit = z.coerce
  .number("give a whole number from 1 to 200")
  .int("give a whole number from 1 to 200")
  .min(1, "give a whole number from 1 to 200")
  .max(200, "give a whole number from 1 to 200")
  .default(20);
export const limitFlag: Flag = { flags: "--limit <n>", about: "how many at most (default 20)" };
export const cursorFlag: Flag = {
  flags: "--cursor <cursor>",
  about: "go on after an earlier page: its nextCursor",
};
export const Paging = z.object({ limit: Limit, cursor: z.string().optional() });
