import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { follow, go, pick, press } from "./navigation.ts";
import { checkout, python, run } from "./python.ts";

const seed = 7;

/** Runs the seeded generator that ships with the project. */
export async function generateData(dataDir: string, subjects: number): Promise<string> {
  const out = join(dataDir, `synthetic-${subjects}`);
  const generator = join(checkout, "packages/recipes/synthetic/generate.py");
  await run(python, [generator, `--seed=${seed}`, `--out=${out}`, `--subjects=${subjects}`]);
  return out;
}

/** Fills in the form, hands it the files of each split, and reads the digest of what was registered. */
export async function registerDataset(page: Page, folder: string, name: string): Promise<string> {
  await go(page, "Datasets");
  await follow(page, "Register dataset");
  await page.getByRole("textbox", { name: "Name", exact: true }).fill(name);
  await page.getByRole("textbox", { name: "Title" }).fill(`${name.replace("-", " ")} (synthetic)`);
  await page.getByLabel("Description").fill("Made by a seeded generator. No real patient.");
  await pick(page, "How it was de-identified", "Synthetic");
  await page.getByLabel("Statement").fill(`packages/recipes/synthetic, seed ${seed}.`);
  await page.getByLabel("Patient field").fill("subject");
  for (const split of ["train", "validation", "test"]) {
    const files = readdirSync(join(folder, split)).map((name) => join(folder, split, name));
    const choosing = page.waitForEvent("filechooser");
    await page.getByLabel(`Files of ${split}`).click();
    await (await choosing).setFiles(files);
  }
  await press(page, "Register dataset");
  await page.waitForURL(new RegExp(`/datasets/${name}\\?version=1$`), { timeout: 120_000 });
  const copy = page.getByRole("button", { name: /^Copy the digest/ }).first();
  return (await copy.textContent())?.split(" ").at(-1) ?? "";
}
