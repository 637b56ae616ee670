export interface Secret {
  readonly name: string;
  readonly value: string;
  /** The one place whose purpose is to hold it. */
  readonly livesIn?: string;
}
/** Something that was said or kept: a process's log, an answer, a column. */
export interface Said {
  readonly where: string;
  readonly text: string;
}

/** What only a secret looks like, whoever made it: links are signed by several, and nobody keeps a list. */
const shapes: readonly { readonly name: string; readonly pattern: RegExp }[] = [
  { name: "a signed link", pattern: /[?&](?:amp;)?sig=[\w%+/-]{16,}|\\u0026sig=|%26sig%3D/i },
  { name: "a JSON web token", pattern: /\beyJ[\w-]{12,}\.eyJ[\w-]{12,}/ },
  { name: "a bearer token", pattern: /\bbearer [\w.~+/-]{20,}/i },
  { name: "a private key", pattern: /-----BEGIN [A-Z ]*PRIVATE KEY/ },
  { name: "an address with a password", pattern: /\bpostgres(?:ql)?:\/\/[^\s:@/]+:[^\s@/]+@/ },
];

/** The ways a value gets into a text without being written plainly. */
function writtenAs(value: string): string[] {
  const bytes = Buffer.from(value);
  const base64 = bytes.toString("base64").replace(/=+$/, "");
  const plain = [value, encodeURIComponent(value), JSON.stringify(value).slice(1, -1)];
  // The last letter depends on what follows, so it is left away.
  const coded = [base64.slice(0, -1), bytes.toString("base64url").slice(0, -1)];
  return [...new Set([...plain, ...coded, bytes.toString("hex")])];
}

/** One line for each secret found, with where it stands and never the secret itself. */
export function findSecrets(said: readonly Said[], secrets: readonly Secret[]): string[] {
  const forms = secrets.map((secret) => ({ ...secret, forms: writtenAs(secret.value) }));
  return said.flatMap(({ where, text }) => {
    const known = forms.flatMap((secret) => {
      if (secret.livesIn === where) return [];
      const at = secret.forms.map((form) => text.indexOf(form)).find((index) => index >= 0);
      return at === undefined ? [] : [report(secret.name, where, text, at)];
    });
    const shaped = shapes.flatMap(({ name, pattern }) => {
      const at = text.search(pattern);
      return at < 0 ? [] : [report(name, where, text, at)];
    });
    return [...known, ...shaped];
  });
}

const report = (name: string, where: string, text: string, at: number): string =>
  `${name} in ${where}, after ${JSON.stringify(text.slice(Math.max(0, at - 80), at))}`;
