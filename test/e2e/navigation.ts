import type { Page } from "playwright-core";

/** Goes to a screen by the navigation at the left. */
export const go = (page: Page, screen: string): Promise<void> =>
  page
    .getByRole("navigation", { name: "Main" })
    .getByRole("link", { name: screen, exact: true })
    .click();

export const press = (page: Page, button: string | RegExp): Promise<void> =>
  page.getByRole("button", { name: button }).first().click();

export const follow = (page: Page, link: string | RegExp): Promise<void> =>
  page.locator("#main").getByRole("link", { name: link }).first().click();

export const openTab = (page: Page, tab: string | RegExp): Promise<void> =>
  page.getByRole("tab", { name: tab }).click();

/** Chooses in a list that opens when its field is pressed. */
export async function pick(
  page: Page,
  field: string | RegExp,
  option: string | RegExp,
): Promise<void> {
  await page.getByRole("combobox", { name: field, exact: true }).click();
  await page.getByRole("option", { name: option }).first().click();
}

/** State of the thing the page is about, beside its name. */
export const statusOf = async (page: Page): Promise<string> => {
  const beside = page.locator("#main h1 ~ [data-status], #main h1 ~ * [data-status]").first();
  return (await beside.getAttribute("data-status")) ?? "";
};
