/** Where text goes. `live` is a terminal that can be drawn over; a pipe or a file is not. */
export interface Output {
  write(text: string): void;
  readonly live: boolean;
  readonly columns: number;
  readonly rows: number;
  readonly colour: boolean;
}

/** All of the outside world that a command may touch, besides files and the server. */
export interface Io {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly cwd: string;
  readonly stdout: Output;
  readonly stderr: Output;
  now(): Date;
  /** Aborted when the person interrupts (ctrl-c). */
  readonly stopped: AbortSignal;
}
