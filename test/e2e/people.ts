import { randomBytes } from "node:crypto";
import type { Browser, Page } from "playwright-core";
import type { Role } from "@preceptor/domain";
import { go, press } from "./navigation.ts";

export interface Member {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  /** The only page of a browser of their own. */
  readonly page: Page;
}

/** Whatever a page throws or writes to the console as an error, with the address it was on. */
export const complaints: string[] = [];

/** A browser of its own, with no cookie of anybody else. */
async function sitDown(browser: Browser): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    colorScheme: "light",
    locale: "en-US",
    timezoneId: "Europe/Berlin",
    reducedMotion: "reduce",
  });
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  const complain = (what: string): void => void complaints.push(`${page.url()}: ${what}`);
  page.on("pageerror", (error) => complain(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") complain(message.text());
  });
  return page;
}

const newPassword = (): string => `a sentence ${randomBytes(9).toString("base64url")}`;
const atHome = (page: Page): Promise<void> =>
  page.getByRole("heading", { level: 1, name: "Overview" }).waitFor();

/** The one-time link of an empty installation makes its first administrator. */
export async function foundHospital(browser: Browser, link: string): Promise<Member> {
  const page = await sitDown(browser);
  const password = newPassword();
  const who = { name: "Olivia Okonjo", email: "operator@meridian.example" };
  await page.goto(link);
  await page.getByLabel("Organization").fill("Meridian Hospital (synthetic)");
  await page.getByLabel("Your name").fill(who.name);
  await page.getByLabel("Email").fill(who.email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Set up" }).click();
  await atHome(page);
  return { ...who, password, page };
}

/** An operator invites on the members' screen; the newcomer opens the link and chooses a password. */
export async function invite(
  browser: Browser,
  operator: Member,
  name: string,
  role: Role,
): Promise<Member> {
  const email = `${name.toLowerCase().replaceAll(" ", ".")}@meridian.example`;
  const desk = operator.page;
  await go(desk, "Members");
  await press(desk, "Invite a member");
  const form = desk.getByRole("dialog");
  await form.getByLabel("Name").fill(name);
  await form.getByLabel("Email").fill(email);
  await form.getByRole("checkbox", { name: new RegExp(`^${role}$`, "i") }).check();
  await form.getByRole("button", { name: "Make the link" }).click();
  const url = await form.getByLabel("One-time link").inputValue();
  await form.getByRole("button", { name: "Done" }).click();

  const page = await sitDown(browser);
  const password = newPassword();
  await page.goto(url);
  await page.getByRole("heading", { name: `Welcome, ${name}` }).waitFor();
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByLabel("Once more").fill(password);
  await page.getByRole("button", { name: "Keep this password" }).click();
  await atHome(page);
  return { name, email, password, page };
}
