/** Where text goes. `live` is a terminal that can be drawn over; a pipe or a file is not. */
export interface Output {
  write(text: string): void;
  readonly live: boolean;
  readonly columns: number;
  readonly rows: number;
  readonly colour: boolean;
}

/** What a person types, or a script pipes in. */
export interface Input {
  /** Asks without showing what is typed; null where there is no terminal to ask at. */
  secret(question: string): Promise<string | null>;
  /** What was piped in, up to the end of its first line. */
  firstLine(): Promise<string>;
}

/** All of the outside world that a command may touch, besides files and the server. */
export interface Io {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly cwd: string;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly stdin: Input;
  now(): Date;
  /** Aborted when the person interrupts (ctrl-c). */
  readonly stopped: AbortSignal;
}
