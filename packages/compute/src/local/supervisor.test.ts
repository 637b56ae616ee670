import { spawn } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { untilEnded } from "../contract/until.ts";
import { readClaim } from "./claim.ts";
import { attemptLayout } from "./layout.ts";
import { enterLocalWorld } from "./test-world.ts";

test("a worker that died while it handed the job over leaves nothing claimed and no secret in an error; the next start begins anew", async () => {
  const world = await enterLocalWorld();
  const spec = await world.python("", { secrets: { TOKEN: "token-1" } });
  const layout = attemptLayout(world.workDir, "att_half");
  await mkdir(layout.state, { recursive: true });
  const file = fileURLToPath(new URL("./supervisor.ts", import.meta.url));
  const supervisor = spawn(process.execPath, ["--no-warnings", file], {
    stdio: ["pipe", "ignore", "pipe"],
  });
  const whole = JSON.stringify({ workDir: world.workDir, attemptId: "att_half", spec });
  supervisor.stdin.end(whole.slice(0, whole.indexOf("token-1") + 7));
  const said = await text(supervisor.stderr);
  expect(said).toContain("the job did not arrive whole");
  expect(said).not.toContain("token-1");
  expect(await readClaim(layout)).toBeNull();
  const handle = await world.provider.start("att_half", spec);
  expect((await untilEnded(world.provider, handle)).kind).toBe("succeeded");
});
