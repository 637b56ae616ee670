import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { follow, go, openTab, pick, press, statusOf } from "./navigation.ts";
import { checkout } from "./python.ts";
import { until } from "./until.ts";

/** A training job imports torch before its first step, which a busy machine is slow at. */
const trainingMs = 400_000;

const openForm = async (page: Page): Promise<void> => {
  await go(page, "Jobs");
  await follow(page, "Launch a job");
};

async function launch(page: Page, name: string): Promise<string> {
  await page.getByText("Checked: it can start.").waitFor();
  await press(page, "Launch the job");
  await page.getByRole("heading", { level: 1, name, exact: true }).waitFor();
  return new URL(page.url()).pathname.split("/").at(-1) ?? "";
}

export interface FormJob {
  readonly name: string;
  readonly recipe: string | RegExp;
  readonly output: string;
  readonly inputs: Readonly<Record<string, { dataset: string; split: string }>>;
  readonly processes: number;
}

/** Launches from the form that is drawn from the recipe. Gives the job's id. */
export async function launchFromForm(page: Page, job: FormJob): Promise<string> {
  await openForm(page);
  await page.getByRole("radio", { name: job.recipe }).click();
  await page.getByLabel("Name of the job").fill(job.name);
  await page.getByLabel("Register the model as").fill(job.output);
  for (const [input, { dataset, split }] of Object.entries(job.inputs)) {
    await pick(page, `${input}: dataset`, dataset);
    await pick(page, `${input}: split`, new RegExp(`^${split}`));
  }
  await page.getByLabel("Processes a node").fill(String(job.processes));
  return launch(page, job.name);
}

/** A job file of the demonstration. */
export const jobFile = (file: string): string =>
  readFileSync(join(checkout, "scripts/demo/jobs", file), "utf8");

export async function launchFromYaml(page: Page, name: string, yaml: string): Promise<string> {
  await openForm(page);
  await openTab(page, "YAML");
  await page.getByLabel("The job as YAML").fill(yaml);
  return launch(page, name);
}

/** Waits on the job's own page, which follows the job without being loaded again. */
export const untilStatus = (page: Page, wanted: string, deadlineMs = trainingMs): Promise<true> =>
  until(
    `the state ${wanted}`,
    async () => {
      const status = await statusOf(page);
      if (status === "failed" || status === "cancelled")
        throw new Error(`The page says ${status}: ${await page.locator("#main").innerText()}`);
      return status === wanted;
    },
    deadlineMs,
  );

/** How many points of the training loss are drawn, and the newest of them. */
export async function drawnLoss(
  page: Page,
): Promise<{ points: number; step: number; value: number } | null> {
  const label = await page
    .getByRole("figure", { name: /^Loss by step/ })
    .first()
    .getAttribute("aria-label", { timeout: 1_000 })
    .catch(() => null);
  const points = /[:;] loss, (\d+) points/.exec(label ?? "")?.[1];
  const figures = page.getByRole("heading", { name: "Newest figures" }).locator("..");
  if (points === undefined || (await figures.count()) === 0) return null;
  const [, value, step] =
    /(?:^|\n)loss\s+([\d.e-]+) at step (\d+)/.exec(await figures.innerText()) ?? [];
  return { points: Number(points), step: Number(step), value: Number(value) };
}

/** Watches the curve on the page, which is not loaded again, until it has grown `times` times. */
export async function watchCurve(
  page: Page,
  times: number,
): Promise<{ points: number; step: number; value: number }[]> {
  const seen: { points: number; step: number; value: number }[] = [];
  await until(
    `a loss curve that grows ${times} times`,
    async () => {
      const now = await drawnLoss(page);
      if (now !== null && now.points !== seen.at(-1)?.points) seen.push(now);
      return seen.length > times;
    },
    trainingMs,
  );
  return seen;
}

/** Numbers of the log's lines that are drawn: what is at its end while it follows. */
const lastLogLine = async (page: Page): Promise<number> => {
  const numbers = await page.getByRole("log").locator("[aria-hidden]").allInnerTexts();
  return Math.max(0, ...numbers.map(Number));
};

/** Watches the log on the page until it has grown: the numbers of its last line, and the job's state then. */
export async function watchLog(
  page: Page,
): Promise<{ before: number; after: number; status: string }> {
  const before = await until("a log", async () => (await lastLogLine(page)) || null, trainingMs);
  const grown = async () => ((await lastLogLine(page)) > before ? lastLogLine(page) : null);
  const after = await until("more log", grown, trainingMs);
  return { before, after, status: await statusOf(page) };
}
