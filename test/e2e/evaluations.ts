import type { Page } from "playwright-core";
import { follow, go, pick, press, statusOf } from "./navigation.ts";
import { until } from "./until.ts";

const evaluatingMs = 300_000;

/** Fixes what is measured, and on whom, before any model is tested. */
export async function defineSuite(page: Page, name: string, dataset: string): Promise<string> {
  await go(page, "Evaluations");
  await follow(page, "Define a suite");
  const field = (label: string) => page.getByRole("textbox", { name: label, exact: true });
  await field("Name").fill(name);
  await field("Title").fill("Discharge questions, four choices");
  await field("Description").fill(
    "Which answer follows from the note, on patients never trained on.",
  );
  await pick(page, "Dataset", dataset);
  await pick(page, "Split", /^test/);
  await pick(page, "Recipe", /LM evaluation harness/);
  await field("Task").fill("discharge_quality");
  await field("Chance").fill("0.25");
  await press(page, "Define the suite");
  await page.getByRole("link", { name: `${name}@1` }).waitFor();
  return `${name}@1`;
}

/** Starts the suite on one version from the model's page. Gives the address of the evaluation. */
export async function evaluate(page: Page, model: string, suite: string): Promise<string> {
  await go(page, "Models");
  await follow(page, model.split("@")[0] ?? "");
  await press(page, "Evaluate");
  const form = page.getByRole("dialog");
  await form.getByRole("combobox", { name: "Suite" }).click();
  await page.getByRole("option", { name: new RegExp(suite) }).click();
  await form.getByRole("button", { name: "Start the evaluation" }).click();
  await form.getByRole("link", { name: "the evaluation's page" }).click();
  await page.waitForURL(/\/evaluations\/evl_/);
  return page.url();
}

export interface Interval {
  readonly mean: number;
  readonly lower: number;
  readonly upper: number;
}

/** Waits on the evaluation's page, which follows it, and reads what is shown. */
export async function untilScored(page: Page): Promise<Interval & { patients: number }> {
  await until(
    "a complete evaluation",
    async () => {
      const status = await statusOf(page);
      if (status === "failed" || status === "refused")
        throw new Error(await page.locator("#main").innerText());
      return status === "complete";
    },
    evaluatingMs,
  );
  const chart = page.getByRole("figure", { name: /^Scores on/ });
  const facts = await page
    .getByRole("heading", { name: "Computed from" })
    .locator("..")
    .innerText();
  return {
    ...readInterval(await chart.innerText()),
    patients: Number(/Patients\s+([\d,]+)/.exec(facts)?.[1]?.replaceAll(",", "")),
  };
}

/** "0.512 [0.47, 0.55]" as it is shown. */
function readInterval(text: string): Interval {
  const number = "([-\u2212+]?[\\d.]+)";
  const found = new RegExp(`${number}\\s*\\[${number}(?:,| to|\u2013)\\s*${number}\\]`).exec(text);
  const [mean, lower, upper] = (found ?? [])
    .slice(1)
    .map((one) => Number(one.replace("\u2212", "-")));
  return { mean: mean ?? Number.NaN, lower: lower ?? Number.NaN, upper: upper ?? Number.NaN };
}

/** The evaluation that a job file asked for, found in the list by its model. */
export async function openEvaluation(page: Page, model: string): Promise<void> {
  await go(page, "Evaluations");
  const row = page.getByRole("row").filter({ hasText: model });
  await row.getByRole("link").first().click();
  await page.waitForURL(/\/evaluations\/evl_/);
}

/** Puts another model beside the one whose evaluation is open, and reads the paired difference. */
export async function compareWith(page: Page, other: string): Promise<Interval> {
  await follow(page, "Compare with another");
  await page.getByRole("combobox", { name: "Compared with" }).click();
  await page.getByRole("option", { name: new RegExp(`^${other}:`) }).click();
  const difference = page.getByRole("figure", { name: "Paired difference" });
  return readInterval(await difference.innerText());
}
