/** The form that registers a dataset; with a name, the next version of it. */
export const registerDatasetPath = (name?: string): string =>
  `/register-dataset${name ? `?name=${encodeURIComponent(name)}` : ""}`;
