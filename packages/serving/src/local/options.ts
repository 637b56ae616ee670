export interface LocalServingOptions {
  /** Holds `environments/` (shared with local compute) and `deployments/<id>/`. */
  readonly workDir: string;
  /** The bearer a server wants, by its deployment's id: the same whenever it is asked for, so that none is kept. */
  readonly tokenFor: (deploymentId: string) => string;
  /** Interpreter the environments are made with; default `python3`. */
  readonly python?: string;
  /** How long a server may take from its start to its first healthy answer; default 5 minutes. */
  readonly startTimeoutMs?: number;
  /** How long a server may take to end after TERM before it is killed; default 5 seconds. */
  readonly stopTimeoutMs?: number;
  /** Variables pip and the server may inherit from, by default this process's; what reaches them is filtered. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}
export type LocalSettings = Required<LocalServingOptions>;

export const settingsOf = (options: LocalServingOptions): LocalSettings => ({
  python: "python3",
  startTimeoutMs: 5 * 60_000,
  stopTimeoutMs: 5000,
  environment: process.env,
  ...options,
});
