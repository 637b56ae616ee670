import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { aRunningJob } from "@preceptor/api/testing/a-job";
import { anEdge, PASSWORD, setUp, signIn } from "@preceptor/api/testing/an-edge";
import { anEvaluatedModel } from "@preceptor/api/testing/an-evaluated-model";
import type { Role } from "@preceptor/domain";
import { expect, test, vi } from "vitest";
import { aMember } from "./testing/a-person.ts";

/** Each command is a process that is started cold. */
vi.setConfig({ testTimeout: 180_000 });

const policy = `
name: two-of-board
title: Two of the board
stage: pilot
approvals: 2
acceptNotRun: [non-inferiority]
gates:
  - { gate: validity, suite: quality@1 }
  - { gate: floor, suite: quality@1, atLeast: 0.25 }
  - { gate: non-inferiority, suite: quality@1, margin: 0.05 }
  - { gate: leakage, suite: quality@1 }
  - { gate: sample-size, suite: quality@1, patients: 30 }
`;
const request = `
model: summary@1
purpose: discharge-summary
policy: two-of-board@1
intendedUse: Drafts of discharge summaries, read by a clinician.
notFor: Anything without a clinician.
target: here
`;

async function aHospital() {
  const edge = await anEdge();
  const operator = await setUp(edge);
  const olga = await aMember(edge, operator, "Olaf", "operator");
  const ada = await aMember(edge, operator, "Ada", "engineer", "board");
  const eve = await aMember(edge, operator, "Eve", "engineer", "board");
  const bob = await aMember(edge, operator, "Bob", "board");
  const bea = await aMember(edge, operator, "Bea", "board");
  const made = await anEvaluatedModel(edge, ada.browser);
  writeFileSync(join(olga.folder, "policy.yaml"), policy);
  expect(await olga.run("policy", "define", "-f", "policy.yaml")).toMatchObject({ code: 0 });
  writeFileSync(join(eve.folder, "request.yaml"), request);
  return { edge, olga, ada, eve, bob, bea, ...made };
}
/** Ada alone at a server of her own. */
async function anEngineer(...more: readonly Role[]) {
  const edge = await anEdge();
  const ada = await aMember(edge, await setUp(edge), "Ada", "engineer", ...more);
  return { edge, ...ada };
}
const because = "I read the whole dossier.";
const read = (stdout: string) => JSON.parse(stdout);

test("a model is compared, asked for, voted on by two of the board, and its deployment is there to look at", async () => {
  const { olga, ada, eve, bob, bea } = await aHospital();
  const compared = await ada.run("evaluation", "compare", "summary@1");
  expect(compared).toMatchObject({ code: 0 });
  expect(compared.stdout).toMatch(/quality@1 .*0\.800 \[.*0\.300 \[.*0\.500 \[.*40  better/);
  const start = ["evaluation", "start", "summary@1", "quality@1"];
  expect(await ada.run(...start)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("--target: say which one: "),
  });
  const started = read((await ada.run(...start, "--target", "here", "--json")).stdout);
  expect(started).toMatchObject({ job: { status: "queued" }, evaluation: { status: "pending" } });
  expect((await ada.run("evaluation", "show", started.evaluation.id)).stdout).toContain("pending");
  const asked = await eve.run("promotion", "request", "request.yaml", "--json");
  expect(asked.stderr).toBe("");
  const { id, dossierDigest } = read(asked.stdout);
  const vote = ["promotion", "vote", id, "--approve", "--reason", because];
  const script = [...vote, "--password-stdin", "--dossier", dossierDigest];

  // Who asked, who made it, who is not of the board: told before anybody types a password.
  for (const one of [eve, ada, olga])
    expect(await one.piped(PASSWORD, ...script)).toMatchObject({ code: 3, stdout: "" });
  expect(await bob.run(...vote)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("--password-stdin"),
  });
  const wrong = await bob.piped("not my password\n", ...script);
  expect(wrong).toMatchObject({ code: 3, stdout: "" });
  expect(wrong.stderr).toContain("That is not your password; nothing was signed.");
  const other = `sha256:${"0".repeat(64)}`;
  expect(await bob.piped(PASSWORD, ...vote, "--password-stdin", "--dossier", other)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining(dossierDigest),
  });

  const first = await bob.piped(`${PASSWORD}\n`, ...script);
  expect(first).toMatchObject({ code: 0, stdout: expect.stringContaining("1 of 2 approvals") });
  for (const shown of [dossierDigest, "sample-size", "You sign: I have read the dossier"])
    expect(first.stderr).toContain(shown);
  expect(await bob.piped(PASSWORD, ...script)).toMatchObject({
    code: 3,
    stderr: expect.stringContaining("You have voted on it."),
  });
  const second = await bea.piped(PASSWORD, ...script, "--json");
  expect(second.code).toBe(0);
  const { status, deploymentId } = read(second.stdout);
  expect(status).toBe("approved");
  expect(await bea.piped(PASSWORD, ...script)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("The promotion is approved"),
  });
  expect((await ada.run("deployment", "show", deploymentId)).stdout).toContain("summary@1");
  const lineage = await ada.run("deployment", "lineage", deploymentId);
  expect(lineage.stdout).toContain("notes@1");
  expect(lineage.stdout).toContain("base@1");
  expect(
    await bea.run("promotion", "revoke", id, "--reason", "worse than it looked"),
  ).toMatchObject({ code: 0, stdout: expect.stringContaining("revoked") });
});

test("evidence that changed voids the request at the vote; a request can be taken back; guessing a password ends", async () => {
  const { eve, bob, evaluateAgain } = await aHospital();
  const ask = async () =>
    read((await eve.run("promotion", "request", "request.yaml", "--json")).stdout);
  const vote = (of: { id: string; dossierDigest: string }, password: string) => {
    const what = ["--reject", "--reason", because, "--dossier", of.dossierDigest];
    return bob.piped(password, "promotion", "vote", of.id, ...what, "--password-stdin");
  };
  const stale = await ask();
  await evaluateAgain();
  expect(await vote(stale, PASSWORD)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("The evidence changed since the request"),
  });
  const open = await ask();
  const guess = {
    promotionId: open.id,
    dossierDigest: open.dossierDigest,
    decision: "reject",
    meaning: "approval",
    reason: because,
    password: "a guess",
  };
  for (let n = 0; n < 5; n += 1)
    await expect(bob.browser.mutate("promotion.vote", guess)).rejects.toMatchObject({
      status: 403,
    });
  expect(await vote(open, PASSWORD)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("A wrong password was given 5 times"),
  });
  expect(await eve.run("promotion", "withdraw", open.id)).toMatchObject({ code: 0 });
  expect(await vote(open, PASSWORD)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("The promotion is withdrawn"),
  });
});

test("a job's own code is read from the folder beside its file, and only what the server lacks is sent", async () => {
  const { edge, folder, run } = await anEngineer();
  mkdirSync(join(folder, "trainer/lib"), { recursive: true });
  mkdirSync(join(folder, "trainer/__pycache__"));
  const program = "print('synthetic')\n";
  for (const [path, text] of [
    ["train.py", program],
    ["lib/same.py", program],
    ["requirements.txt", "six==1.17.0\n"],
    ["__pycache__/train.pyc", "x"],
  ] as const)
    writeFileSync(join(folder, "trainer", path), text);
  const job = (code: string, rest = "compute: { target: local }\n") =>
    writeFileSync(
      join(folder, "job.yaml"),
      `name: own-code\nkind: pretrain\n${rest}code:\n${code}`,
    );
  const code =
    "  command: [python, train.py]\n  folder: trainer\n  requirements: requirements.txt\n";

  job(code, "compute: { target: nowhere }\n");
  const refused = await run("job", "submit", "job.yaml");
  expect(refused).toMatchObject({ code: 2, stdout: "" });
  expect(refused.stderr).toContain("job.yaml:3:12: compute.target: There is no compute target");
  expect(refused.stderr).not.toContain("Sending");

  job(code);
  const checked = await run("job", "validate", "job.yaml");
  expect(checked.stdout).toContain("Submitting it sends 3 files of code.");
  const submitted = await run("job", "submit", "job.yaml", "--json");
  expect(submitted.stderr).toContain("Left out of the code: __pycache__");
  expect(submitted.stderr).toContain("Sending 2 files of code.");
  const { id, spec } = read(submitted.stdout);
  const sha256 = createHash("sha256").update(program).digest("hex");
  expect(spec.code).toMatchObject({
    requirements: "requirements.txt",
    files: [
      { path: "lib/same.py", sha256 },
      { path: "requirements.txt" },
      { path: "train.py", sha256 },
    ],
  });
  job("  command: [python, train.py]\n  files: [trainer/train.py]\n");
  const again = await run("job", "submit", "job.yaml");
  expect(again).toMatchObject({ code: 0, stderr: expect.not.stringContaining("Sending") });

  const shown = await run("job", "show", id);
  expect(shown.stdout).toContain("own code");
  const me = read((await run("whoami", "--json")).stdout);
  const other = await aRunningJob(edge, me.organization.id);
  const compared = await run("job", "compare", id, other.jobId, "--only-different", "--json");
  expect(read(compared.stdout)).toMatchObject({
    jobs: [id, other.jobId],
    spec: [
      { name: "name", values: ["own-code", "a-job"], differs: true },
      { name: "status", values: ["queued", "running"] },
    ],
  });
  expect(await run("job", "checkpoints", other.jobId)).toMatchObject({ code: 0 });
});

test("a key is shown once to who made it, listed without its secret, and revoked", async () => {
  const { run } = await anEngineer("operator");
  const made = read(
    (await run("api-key", "create", "ward 3", "--expires-in-days", "30", "--json")).stdout,
  );
  expect(made.key).toMatch(/^pk_/);
  const listed = await run("api-key", "list");
  expect(listed.stdout).toContain("ward 3");
  expect(listed.stdout).not.toContain(made.key);
  expect(await run("api-key", "revoke", made.id)).toMatchObject({ code: 0 });
  expect((await run("api-key", "list")).stdout).toContain("revoked");
  expect(await run("api-key", "revoke", "nothing")).toMatchObject({ code: 4 });
});

test("a member is invited, given other roles and removed; an invitation nobody used is taken back", async () => {
  const edge = await anEdge();
  const olaf = await aMember(edge, await setUp(edge), "Olaf", "operator");
  const invite = (email: string, ...more: string[]) =>
    olaf.run("member", "invite", email, "--name", "Ida", "--role", "engineer", ...more, "--json");
  const { url } = read((await invite("Ida@example.org", "--role", "board")).stdout);
  const listed = await olaf.run("member", "list");
  expect(listed.stdout).toMatch(/ida@example\.org +Ida +engineer, board +invited/);
  const token = new URL(url).searchParams.get("token");
  const accept = { token, password: PASSWORD };
  await olaf.browser.mutate("access.acceptInvitation", accept);

  expect(await invite("ida@example.org")).toMatchObject({ code: 1 });
  const role = await olaf.run("member", "role", "ida@example.org", "--role", "auditor");
  expect(role.stdout).toContain("ida@example.org: auditor (was engineer, board)");
  const ida = await signIn(edge, "ida@example.org");
  await ida.query("access.members");
  expect(await olaf.run("member", "revoke", "ida@example.org")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("Nothing was done; repeat it with --yes."),
  });
  expect(await olaf.run("member", "revoke", "ida@example.org", "--yes")).toMatchObject({ code: 0 });
  await expect(ida.query("access.members")).rejects.toMatchObject({ status: 403 });
  expect(await olaf.run("member", "revoke", "ida@example.org", "--yes")).toMatchObject({ code: 4 });
  expect(await olaf.run("member", "revoke", "olaf@example.org", "--yes")).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("ask another operator"),
  });

  const unused = read((await invite("late@example.org")).stdout);
  expect(await olaf.run("member", "revoke", "late@example.org")).toMatchObject({ code: 0 });
  const late = { token: new URL(unused.url).searchParams.get("token"), password: PASSWORD };
  await expect(olaf.browser.mutate("access.acceptInvitation", late)).rejects.toMatchObject({
    status: 404,
  });
});
