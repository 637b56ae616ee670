import type { Browser } from "playwright-core";
import { verifyAuditBundle } from "@preceptor/attest";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser } from "../browser.ts";
import { generateData, registerDataset } from "./datasets.ts";
import { createApiKey, rollBack } from "./deployments.ts";
import { compareWith, defineSuite, evaluate, openEvaluation, untilScored } from "./evaluations.ts";
import { ask, askStreaming, listModels, statusFor } from "./gateway.ts";
import { barriers, look, picture, screensSeen, visit } from "./look.ts";
import { follow, openTab } from "./navigation.ts";
import { complaints, foundHospital, invite } from "./people.ts";
import { decide, definePolicy, purpose } from "./promotions.ts";
import { whyNoPackages } from "./python.ts";
import { exportBundle, readAudit, readLineage } from "./records.ts";
import { developmentFiles, lastWords, startStack, type Stack } from "./stack.ts";
import { fineTune, pretrain } from "./training.ts";

const [base, candidate] = ["meridian-base@1", "meridian-discharge@1"];
const whyNot = await whyNoPackages();
if (whyNot !== null) console.log(`The walk through the main path is skipped: ${whyNot}.`);

let stack: Stack;
let browser: Browser;
beforeAll(async () => {
  if (whyNot !== null) return;
  [stack, browser] = await Promise.all([startStack(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  // Ctrl-C ends everything: the API, the database, and the model that was being served.
  if (stack !== undefined) expect(await stack.stop()).toEqual([]);
});

test.skipIf(whyNot !== null)(
  "a model goes from data to an answer and back, in the browsers of everybody concerned",
  { timeout: 900_000 },
  async ({ onTestFailed }) => {
    onTestFailed(() => console.log(lastWords(stack), complaints));
    const operator = await foundHospital(browser, stack.firstAdminLink);
    await look(operator.page, "overview-empty");
    expect(developmentFiles()).toEqual([]);
    const engineer = await invite(browser, operator, "Ines Engel", "engineer");
    const lead = await invite(browser, operator, "Amara Lind", "board");
    const validator = await invite(browser, operator, "Jonas Weber", "board");
    const auditor = await invite(browser, operator, "Ruth Adler", "auditor");
    const board = [lead, validator] as const;
    // Who accepts an invitation appears to who sent it, without a reload.
    await operator.page.getByText("Invited, not yet here").waitFor({ state: "detached" });
    for (const { email } of [...board, auditor])
      await operator.page.getByRole("row").filter({ hasText: email }).waitFor();
    await look(operator.page, "members");
    const { page } = engineer;

    const folder = await generateData(stack.dataDir, 2000);
    const digests = [
      await registerDataset(page, `${folder}/timelines`, "patient-timelines"),
      await registerDataset(page, `${folder}/notes`, "discharge-notes"),
    ];
    await look(page, "dataset");
    const suite = await defineSuite(page, "discharge-quality", "discharge-notes");
    const policy = await definePolicy(operator.page, suite);
    await look(operator.page, "policies");

    await pretrain(page);
    await evaluate(page, base, suite);
    await fineTune(page);

    await openEvaluation(page, base);
    const before = await untilScored(page);
    await openEvaluation(page, candidate);
    const after = await untilScored(page);
    await look(page, "evaluation");
    expect([before.patients, after.patients]).toEqual([165, 165]);
    const difference = await compareWith(page, base);
    expect(difference.mean).toBeCloseTo(after.mean - before.mean, 2);
    expect(difference.lower).toBeGreaterThan(0);
    await picture(page, "comparison");
    await look(page, "comparison");

    await decide(engineer, board, { model: base, policy });
    const { dossier, deployment } = await decide(engineer, board, { model: candidate, policy });
    await lead.page.goto(dossier);
    await look(lead.page, "dossier");
    await picture(lead.page, "dossier");

    const key = await createApiKey(operator.page, "discharge letters");
    const caller = { gatewayUrl: stack.gatewayUrl, key };
    const answer = await ask(caller, purpose, candidate);
    expect(answer).not.toBe("");
    expect(await askStreaming(caller, purpose)).toMatchObject({ ended: true, text: answer });
    expect(await listModels(caller)).toEqual([purpose]);
    expect(await statusFor(caller, "meridian-discharge")).toBe(404);
    expect(await statusFor({ ...caller, key: `${key}x` }, purpose)).toBe(401);

    await rollBack(operator.page, deployment, purpose);
    await look(operator.page, "deployment");
    await ask(caller, purpose, base);

    await page.goto(dossier);
    await follow(page, "Lineage");
    await look(page, "lineage");
    await picture(page, "lineage");
    const origin = await readLineage(page, "Came from");
    for (const digest of digests) expect(origin).toContain(digest);
    await page.goto(`${stack.apiUrl}/datasets/patient-timelines`);
    await openTab(page, "What was made from it");
    const made = await readLineage(page, "Came of it");
    for (const thing of ["meridian-base@1", "meridian-discharge@1", purpose])
      expect(made).toContain(thing);

    const actions = await readAudit(auditor.page);
    await look(auditor.page, "audit");
    expect(actions[0]).toContain("deployment");
    const bundle = await exportBundle(auditor.page);
    expect(verifyAuditBundle(bundle)).toMatchObject({ ok: true, decisions: 2 });
    await visit(page, {
      overview: "/",
      jobs: "/jobs",
      launch: "/jobs/new?recipe=lora-sft",
      datasets: "/datasets",
      "register-dataset": "/register-dataset",
      models: "/models",
      model: "/models/meridian-discharge",
      evaluations: "/evaluations",
      "define-suite": "/evaluations/define-suite",
      promotions: "/promotions",
      "ask-for-promotion": "/promotions/new?model=meridian-discharge%401",
      deployments: "/deployments",
      compute: "/compute",
      "compute-target": "/compute/local",
      "compare-jobs": "/compare",
    });
    await visit(operator.page, {
      "api-keys": "/members?tab=keys",
      "define-target": "/define-target",
      retention: "/retention",
    });
    expect(complaints).toEqual([]);
  },
);

test.skipIf(whyNot !== null)("no screen of that walk shuts anybody out", () => {
  expect(screensSeen.length).toBeGreaterThan(15);
  expect(barriers).toEqual([]);
});
