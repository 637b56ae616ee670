const passed =
  /^(PATH|HOME|LANG|LC_.*|TZ|TMPDIR|PIP_.*|https?_proxy|no_proxy|SSL_CERT_.*|REQUESTS_CA_BUNDLE|LD_LIBRARY_PATH|CUDA_.*|NVIDIA_.*)$/i;

/** What a Python program of ours may see of this process's variables: nothing that holds a secret of the control plane. */
export function baseEnvironment(
  all: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const kept: Record<string, string> = { PYTHONUNBUFFERED: "1" };
  for (const [name, value] of Object.entries(all))
    if (value !== undefined && passed.test(name)) kept[name] = value;
  return kept;
}
