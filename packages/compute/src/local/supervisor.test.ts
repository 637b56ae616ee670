import { spawn } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { untilEnded } from "../contract/until.ts";
import { readClaim } from "./claim.ts";
import { attemptLayout } from "./layout.ts";
import { enterLocalWorld } from "./test-world.ts";

const file = fileURLToPath(new URL("./supervisor.ts", import.meta.url));

test("loads no package: each attempt has a supervisor for as long as it runs, and waits for it to start", async () => {
  const tell = `import { registerHooks } from "node:module";
    registerHooks({ load: (url, context, next) => (console.log(url), next(url, context)) });`;
  const supervisor = spawn(
    process.execPath,
    ["--no-warnings", "--import", `data:text/javascript,${encodeURIComponent(tell)}`, file],
    { stdio: ["pipe", "pipe", "ignore"] },
  );
  supervisor.stdin.end();
  const loaded = (await text(supervisor.stdout)).trim().split("\n");
  expect(loaded).toContainEqual(expect.stringMatching(/supervise\.ts$/));
  expect(loaded.filter((url) => url.includes("node_modules"))).toEqual([]);
});

test("a worker that died while it handed the job over leaves nothing claimed and no secret in an error; the next start begins anew", async () => {
  const world = await enterLocalWorld();
  const spec = await world.python("", { secrets: { TOKEN: "token-1" } });
  const layout = attemptLayout(world.workDir, "att_half");
  await mkdir(layout.state, { recursive: true });
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
