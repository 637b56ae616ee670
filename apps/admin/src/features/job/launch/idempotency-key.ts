/** A key for this very text: the same text sent twice is one job, a changed text is another. */
export class IdempotencyKey {
  #text = "";
  #key = "";
  for(text: string): string {
    if (text !== this.#text || this.#key === "") {
      this.#text = text;
      const bytes = crypto.getRandomValues(new Uint8Array(16));
      this.#key = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    }
    return this.#key;
  }
}
