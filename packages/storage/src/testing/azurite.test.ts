import { mkdtemp, rm } from "node:fs/promises";
import { get } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { startAzurite, throwAwayAuthority } from "./index.ts";

it("answers over https with a certificate of the throw-away authority, and goes on after a restart", async () => {
  const folder = await mkdtemp(join(tmpdir(), "azurite-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const { ca, issue } = await throwAwayAuthority();
  const tls = await issue(["127.0.0.1"]);

  const first = await startAzurite({ folder, tls });
  const status = (endpoint: string, authority: string): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      get(`${endpoint}?comp=list`, { ca: authority }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      }).on("error", reject);
    });
  expect(await status(first.endpoint, ca)).toBe(403);
  await expect(status(first.endpoint, (await throwAwayAuthority()).ca)).rejects.toThrow();
  await first.close();

  const again = await startAzurite({ folder, tls, port: Number(new URL(first.endpoint).port) });
  onTestFinished(() => again.close());
  expect(again.endpoint).toBe(first.endpoint);
  expect(await status(again.endpoint, ca)).toBe(403);
});
