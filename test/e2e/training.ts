import type { Page } from "playwright-core";
import { expect } from "vitest";
import {
  jobFile,
  launchFromForm,
  launchFromYaml,
  untilStatus,
  watchCurve,
  watchLog,
} from "./jobs.ts";
import { look, picture } from "./look.ts";
import { openTab, statusOf } from "./navigation.ts";

/** Pretrains from the form that is drawn from the recipe, two processes under torchrun. */
export async function pretrain(page: Page): Promise<void> {
  const from = (split: string) => ({ dataset: "patient-timelines", split });
  await launchFromForm(page, {
    name: "meridian-base-pretrain",
    recipe: /^Pretrain/,
    output: "meridian-base",
    processes: 2,
    inputs: { train: from("train"), validation: from("validation") },
  });
  await untilStatus(page, "succeeded");
  const shown = await page.locator("#main").innerText();
  expect(shown).toContain("meridian-base@1");
}

async function beside(page: Page, tab: string): Promise<Page> {
  const other = await page.context().newPage();
  await other.goto(`${page.url()}?tab=${tab}`);
  return other;
}

async function watchFirstCheckpoint(page: Page): Promise<{ row: string; status: string }> {
  const row = page.getByRole("row").filter({ hasText: "Committed" }).first();
  await row.waitFor({ timeout: 400_000 });
  return { status: await statusOf(page), row: await row.innerText() };
}

/** Fine-tunes from the demonstration's job file, and watches curve, log and checkpoints come while it runs. */
export async function fineTune(page: Page): Promise<void> {
  await launchFromYaml(page, "discharge-summary-lora", jobFile("discharge-summary-lora.yaml"));
  // Three tabs of one browser, none of which is loaded again.
  const [logs, checkpoints] = await Promise.all([
    beside(page, "logs"),
    beside(page, "checkpoints"),
  ]);
  const [curve, log, checkpoint] = await Promise.all([
    watchCurve(page, 3),
    watchLog(logs),
    watchFirstCheckpoint(checkpoints),
  ]);
  const steps = curve.map((one) => one.step);
  expect(steps).toEqual(steps.toSorted((a, b) => a - b));
  expect(curve.at(-1)?.points).toBeGreaterThanOrEqual((curve[0]?.points ?? 0) + 3);
  expect(curve.every((one) => Number.isFinite(one.value))).toBe(true);
  expect(log.after).toBeGreaterThan(log.before);
  for (const { status } of [log, checkpoint]) expect(["running", "finalizing"]).toContain(status);
  expect(checkpoint.row).toMatch(
    /checkpoint-\d+\s.*loss [\d.]+.*parameters in \d+ \(.*F32.*sha256:/s,
  );
  await picture(page, "job");
  await Promise.all([logs.close(), checkpoints.close()]);

  await untilStatus(page, "succeeded");
  for (const tab of ["Overview", "Logs", "Attempts", "Checkpoints", "Spec"]) {
    await openTab(page, tab);
    await look(page, `job-${tab.toLowerCase()}`);
  }
}
