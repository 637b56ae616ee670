import type { Page } from "playwright-core";
import { go, openTab, press } from "./navigation.ts";

/** A key for a program, read where it is shown once. */
export async function createApiKey(page: Page, name: string): Promise<string> {
  await go(page, "Members");
  await openTab(page, "API keys");
  await press(page, "Create an API key");
  const form = page.getByRole("dialog");
  await form.getByLabel("Name").fill(name);
  await form.getByRole("button", { name: "Create the key" }).click();
  const key = await form.getByLabel("API key").inputValue();
  await form.getByRole("button", { name: "Done" }).click();
  return key;
}

/** From the page of what answers now; gives the page of what answers instead, once it does. */
export async function rollBack(page: Page, deployment: string, purpose: string): Promise<string> {
  await page.goto(deployment);
  await press(page, "Roll back");
  const form = page.getByRole("dialog");
  await form.getByLabel("Reason").fill("Trying whether the way back is open.");
  await form.getByLabel(`Type ${purpose} to go on`).fill(purpose);
  await form.getByRole("button", { name: "Roll back" }).click();
  await page.waitForURL(
    (url) => url.pathname.startsWith("/deployments/") && url.href !== deployment,
  );
  await page.getByText("answers now", { exact: true }).waitFor({ timeout: 300_000 });
  return page.url();
}
