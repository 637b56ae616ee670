const longest = 400;

/** Takes signatures, keys and tokens out of a sentence that is not ours, and shortens it to one line. */
export function withoutSecrets(text: string): string {
  const clean = text
    .replace(/(https?:\/\/[^\s?"']+)\?[^\s"']*/g, "$1?…")
    .replace(
      /\b(sig|skoid|AccountKey|SharedAccessSignature|client_secret|password)=[^\s&;"']+/gi,
      "$1=…",
    )
    .replace(/\beyJ[\w-]+\.[\w-]+(\.[\w-]*)?/g, "…")
    .replace(/\bBearer\s+[^\s"']+/gi, "Bearer …")
    .replace(/\s+/g, " ")
    .trim();
  return clean.length > longest ? `${clean.slice(0, longest - 1)}…` : clean;
}
