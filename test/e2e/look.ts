import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { checkout } from "./python.ts";

export interface Barrier {
  readonly screen: string;
  readonly rule: string;
  readonly where: readonly string[];
}

/** What shuts somebody out of a screen that was visited, in the order of the visits. */
export const barriers: Barrier[] = [];
export const screensSeen: string[] = [];

const album = process.env.PRECEPTOR_SCREENSHOT_DIR;
const pictures = process.env.PRECEPTOR_SCREENSHOTS === "1";
const widths = [1440, 390] as const;
const schemes = ["light", "dark"] as const;

/** Checks the screen as it is for barriers, and photographs it wide and narrow, light and dark, when an album is asked for. */
export async function look(page: Page, screen: string): Promise<void> {
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.locator(".mantine-Skeleton-root").first().waitFor({ state: "detached" });
  // No screen has frames, and nobody reads what holds: a third of the work of looking for both.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] });
  const { violations } = await axe.analyze();
  screensSeen.push(screen);
  for (const { id, nodes } of violations)
    barriers.push({ screen, rule: id, where: nodes.map((node) => node.html.slice(0, 160)) });
  if (album === undefined) return;
  mkdirSync(album, { recursive: true });
  const before = page.viewportSize();
  for (const width of widths)
    for (const colorScheme of schemes) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      const path = join(album, `${screen}-${width}-${colorScheme}.png`);
      await page.screenshot({ path, fullPage: true, animations: "disabled" });
    }
  await page.emulateMedia({ colorScheme: "light" });
  if (before !== null) await page.setViewportSize(before);
}

/** The picture of the same name in the README, as wide and high as a laptop's screen. */
export async function picture(page: Page, name: string): Promise<void> {
  if (!pictures) return;
  const path = join(checkout, "docs", "screenshots", `${name}.png`);
  await page.screenshot({ path, animations: "disabled" });
}

/** Looks at screens that the walk itself did not stay on. */
export async function visit(page: Page, screens: Readonly<Record<string, string>>): Promise<void> {
  for (const [screen, path] of Object.entries(screens)) {
    await page.goto(new URL(path, page.url()).href);
    await look(page, screen);
  }
}
