import { launchBrowser } from "../../browser.ts";
import type { Said } from "./find.ts";
import type { Person } from "./person.ts";

/** An address of the web UI, and what stands there once all of it is drawn. */
export type Look = readonly [path: string, shows: string];

/** What the web UI draws for somebody at these addresses. */
export async function readPages(
  apiUrl: string,
  { cookies }: Person,
  looks: readonly Look[],
): Promise<Said[]> {
  const browser = await launchBrowser();
  try {
    const context = await browser.newContext();
    context.setDefaultTimeout(30_000);
    await context.addCookies(
      cookies.map((cookie) => {
        const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
        return { name, value, url: apiUrl };
      }),
    );
    const page = await context.newPage();
    const drawn: Said[] = [];
    for (const [path, shows] of looks) {
      await page.goto(apiUrl + path);
      await page.locator("#main").getByText(shows).first().waitFor();
      await page.locator(".mantine-Skeleton-root").first().waitFor({ state: "detached" });
      drawn.push({ where: `the page ${path}`, text: await page.content() });
    }
    return drawn;
  } finally {
    await browser.close();
  }
}
