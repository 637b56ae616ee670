const known = new WeakMap<File, string>();

/** sha256 in hex. The browser hashes off the main thread; a file hashed once is not read again. */
export async function hashFile(file: File): Promise<string> {
  const before = known.get(file);
  if (before !== undefined) return before;
  if (!globalThis.isSecureContext)
    throw new Error(
      "This page is not served over HTTPS, so the browser cannot compute digests. Open it over HTTPS, or use `preceptor dataset add`.",
    );
  const bytes = await crypto.subtle.digest("SHA-256", await bytesOf(file));
  const hex = Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join(
    "",
  );
  known.set(file, hex);
  return hex;
}

async function bytesOf(file: File): Promise<ArrayBuffer> {
  try {
    return await file.arrayBuffer();
  } catch {
    throw new Error("The file could not be read. It may have been moved or changed since.");
  }
}
