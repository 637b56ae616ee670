const forPrograms = [
  /^(PATH|HOME|USER|LOGNAME|SHELL|LANG|LC_.+|TZ|TMPDIR|LD_LIBRARY_PATH|DYLD_LIBRARY_PATH)$/,
  /^(CUDA|NVIDIA|NCCL|HIP|ROCR)_/,
  /^(SSL_CERT_FILE|SSL_CERT_DIR|REQUESTS_CA_BUNDLE)$/,
];
const forPip = [
  /^PIP_/,
  /^NODE_EXTRA_CA_CERTS$/,
  /^XDG_(CONFIG|CACHE|DATA)_/,
  /^(https?|all|no)_proxy$/i,
];

type Variables = Readonly<Record<string, string | undefined>>;

/** The few variables of this machine a program gets: never the control plane's own, which hold its secrets. */
export const inheritedByPrograms = (all: Variables): Record<string, string> =>
  pick(all, forPrograms);

/** The same, what configures pip, and the certificates it trusts. */
export const inheritedByPip = (all: Variables): Record<string, string> =>
  pick(all, [...forPrograms, ...forPip]);

function pick(all: Variables, patterns: readonly RegExp[]): Record<string, string> {
  const chosen: Record<string, string> = {};
  for (const [name, value] of Object.entries(all))
    if (value !== undefined && patterns.some((pattern) => pattern.test(name))) chosen[name] = value;
  return chosen;
}
