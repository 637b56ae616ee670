import {
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { aRunningJob } from "@preceptor/api/testing/a-job";
import { asker } from "@preceptor/api/testing/an-edge";
import { expect, test, vi } from "vitest";
import { signedIn, until } from "./testing/a-person.ts";

/** Each command is a process that is started cold. */
vi.setConfig({ testTimeout: 120_000 });

test("a code confirmed in a browser signs in; the token is the owner's to read; signing out ends it", async () => {
  const { folder, run, edge } = await signedIn();
  const path = join(folder, "preceptor/credentials.json");
  expect(statSync(path).mode & 0o777).toBe(0o600);
  const me = await run("whoami", "--json");
  expect(JSON.parse(me.stdout)).toMatchObject({
    user: { email: "ada@example.org" },
    roles: ["engineer", "auditor"],
  });
  const { token } = JSON.parse(readFileSync(path, "utf8"));
  expect(await run("sign-out")).toMatchObject({ code: 0 });
  await expect(
    asker(edge, { authorization: `Bearer ${token}` }).query("access.me"),
  ).rejects.toMatchObject({ status: 401 });
  expect(await run("whoami")).toMatchObject({ code: 3 });
});

test("an operator defines a target from a file and is told what keeps it from working; others are refused", async () => {
  const { folder, run } = await signedIn("operator");
  const target = {
    name: "cloud",
    provider: "azure-ml",
    settings: {
      maxNodes: 4,
      maxProcessesPerNode: 8,
      diskQuotaBytes: 1e12,
      logLimitBytes: 1e6,
      azure: {
        subscriptionId: "00000000-0000-4000-8000-000000000001",
        resourceGroup: "rg-models",
        workspace: "ml-models",
        region: "westeurope",
        cluster: "a100",
        datastore: "workspaceblobstore",
        blobEndpoint: "https://account.blob.core.windows.net",
        container: "jobs",
        image: "registry.example.org/trainer:1",
        prices: [
          { instanceType: "Standard_A100", tier: "spot", perNodeHour: 9.5, currency: "USD" },
        ],
      },
    },
  };
  writeFileSync(join(folder, "target.json"), JSON.stringify(target));
  expect(await run("target", "define", "-f", "target.json")).toMatchObject({
    code: 0,
    stdout: expect.stringContaining("cloud is defined."),
  });
  const listed = await run("target", "list");
  expect(listed.stdout).toContain("spot 9.50 USD");
  const shown = JSON.parse((await run("target", "show", "cloud", "--json")).stdout);
  expect(shown).toMatchObject({ name: "cloud", capacity: null, settings: { maxNodes: 4 } });
  // This server was started without a way to reach it, and says so.
  const checked = await run("target", "check", "cloud", "--json");
  expect(checked.code).toBe(1);
  expect(JSON.parse(checked.stdout)).toMatchObject({ problems: [{ kind: "unreachable" }] });
  expect(await run("cluster", "list", "cloud")).toMatchObject({ code: 5 });
  expect(await run("cluster", "list", "nowhere")).toMatchObject({ code: 4 });
  expect(await run("target", "remove", "cloud")).toMatchObject({ code: 0 });

  const other = await signedIn();
  writeFileSync(join(other.folder, "target.json"), JSON.stringify(target));
  expect(await other.run("target", "define", "-f", "target.json")).toMatchObject({ code: 3 });
});

test("a folder becomes a dataset version, the log is exported and verified, and refusals have their codes", async () => {
  const { folder, run } = await signedIn();
  for (const split of ["train", "test"])
    mkdirSync(join(folder, "notes", split), { recursive: true });
  writeFileSync(
    join(folder, "notes/train/a.jsonl"),
    '{"subject":"1","text":"synthetic"}\n'.repeat(3000),
  );
  writeFileSync(join(folder, "notes/test/b.jsonl"), "");
  const add = [
    "dataset",
    "add",
    "notes",
    "notes",
    "--permit",
    "synthetic",
    "--statement",
    "made by a generator",
  ];
  const added = await run(...add, "--json");
  expect(added.stderr).not.toContain("error");
  expect(JSON.parse(added.stdout)).toMatchObject({
    name: "notes",
    version: 1,
    splits: expect.arrayContaining([expect.objectContaining({ name: "train", rows: 3000 })]),
  });
  expect((await run("dataset", "show", "notes@1")).stdout).toContain("dataset://notes@1/train");
  const notes = readFileSync(join(folder, "notes/train/a.jsonl"), "utf8");
  const saved = join(folder, "saved/train/a.jsonl");
  const download = ["dataset", "download", "notes@1", "--to", "saved", "--json"];
  const downloaded = await run(...download);
  expect(JSON.parse(downloaded.stdout)).toMatchObject({ fetched: 2, there: 0, version: 1 });
  expect(readFileSync(saved, "utf8")).toBe(notes);
  rmSync(saved);
  writeFileSync(join(folder, "saved/train/.a.jsonl.000000000000.part"), "half");
  const again = await run(...download);
  expect(JSON.parse(again.stdout)).toMatchObject({ fetched: 1, there: 1 });
  expect(readFileSync(saved, "utf8")).toBe(notes);
  writeFileSync(saved, "mine");
  const kept = await run(...download);
  expect([kept.code, readFileSync(saved, "utf8")]).toEqual([1, "mine"]);
  rmSync(join(folder, "saved"), { recursive: true });
  mkdirSync(join(folder, "saved"));
  symlinkSync(folder, join(folder, "saved/train"));
  const escaping = await run(...download);
  expect([escaping.code, escaping.stderr]).toEqual([
    1,
    expect.stringContaining("leaves the folder"),
  ]);
  expect(existsSync(join(folder, "a.jsonl"))).toBe(false);
  expect(await run("dataset", "show", "nothing")).toMatchObject({ code: 4 });
  expect(
    await run("deployment", "roll-back", "summary", "--reason", "worse answers"),
  ).toMatchObject({ code: 3 });

  writeFileSync(
    join(folder, "job.yaml"),
    "name: a-job\nkind: fine-tune\nrecipe: lora-sft\ncompute:\n  target: nowhere\n",
  );
  const refused = await run("job", "submit", "job.yaml");
  expect(refused).toMatchObject({ code: 2, stdout: "" });
  expect(refused.stderr).toMatch(/error: job\.yaml:\d+:\d+: /);

  expect(await run("audit", "export", "log.json")).toMatchObject({ code: 0 });
  expect(await run("verify", "log.json")).toMatchObject({
    code: 0,
    stdout: expect.stringContaining("verified"),
  });
});

test("watching a job ends with exit code 0 only where it succeeded, and prints the job as it ended", async () => {
  const { edge, ada, start } = await signedIn();
  const { organization } = await ada.query<{ organization: { id: string } }>("access.me");
  const outcomes = [
    { status: "succeeded", code: 0 },
    { status: "failed", code: 6 },
  ] as const;
  const watchings = outcomes.map(async ({ status, code }) => {
    const job = await aRunningJob(edge, organization.id);
    const watching = start("job", "watch", job.jobId, "--json");
    await until(() => /running/.exec(watching.said.stderr));
    await job.end(status);
    const ended = await watching.ended;
    expect(ended.code).toBe(code);
    expect(JSON.parse(ended.stdout)).toMatchObject({ id: job.jobId, status });
  });
  await Promise.all(watchings);
});
