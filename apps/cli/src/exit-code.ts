/** What a script can rely on; the README's table says the same. */
export const exitCode = {
  ok: 0,
  failed: 1,
  invalid: 2,
  notAllowed: 3,
  notFound: 4,
  unreachable: 5,
  jobFailed: 6,
  jobCancelled: 7,
  interrupted: 130,
} as const;
export type ExitCode = (typeof exitCode)[keyof typeof exitCode];
