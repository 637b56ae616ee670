import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { go } from "./navigation.ts";

/** The lineage as a table: everything it names, with whole digests. */
export async function readLineage(
  page: Page,
  direction: "Came from" | "Came of it",
): Promise<string> {
  await page.getByText(direction, { exact: true }).click();
  await page.getByText("Table", { exact: true }).click();
  const table = page.getByRole("table", { name: "Lineage" });
  await table.waitFor();
  const digests = table.getByRole("button", { name: /^Copy the digest/ });
  const labels = await digests.allTextContents();
  return [await table.innerText(), ...labels].join("\n");
}

/** Every action on the first page of the log, newest first. */
export async function readAudit(page: Page): Promise<string[]> {
  await go(page, "Audit");
  const rows = page.getByRole("table").getByRole("row");
  await rows.nth(1).waitFor();
  return (await rows.allInnerTexts()).slice(1);
}

/** The file an auditor takes home. */
export async function exportBundle(page: Page): Promise<unknown> {
  const saving = page.waitForEvent("download");
  await page.getByRole("link", { name: "Export bundle" }).click();
  const file = await (await saving).path();
  return JSON.parse(await readFile(file, "utf8"));
}
