import { text } from "node:stream/consumers";
import { request } from "node:http";
import { inject } from "vitest";
import type { SharedStorage } from "../fake-azure/storage.ts";

/** The storage emulator of this test run: a fake Azure that is given it starts in no time and has containers of its own there. */
export async function runWideStorage(): Promise<SharedStorage> {
  return (await ask("/storage")) as SharedStorage;
}

/** Asks the one process of this run that has read something large. */
export async function ask(path: string, body: unknown = null): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  // Not by fetch: some tests replace it.
  const asked = request(inject("runWide") + path, { method: "POST" }, (response) => {
    text(response).then(
      (said) => (response.statusCode === 200 ? resolve(said) : reject(new Error(said))),
      reject,
    );
  });
  asked.once("error", reject);
  asked.end(JSON.stringify(body));
  return JSON.parse(await promise);
}
