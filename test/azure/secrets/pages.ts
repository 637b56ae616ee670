import { launchBrowser } from "../../browser.ts";
import type { Said } from "./find.ts";
import type { Person } from "./person.ts";

/** What the web UI draws for somebody at these addresses, once nothing is on its way any more. */
export async function readPages(
  apiUrl: string,
  { cookies }: Person,
  paths: readonly string[],
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
    for (const path of paths) {
      await page.goto(apiUrl + path);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await page.locator(".mantine-Skeleton-root").first().waitFor({ state: "detached" });
      drawn.push({ where: `the page ${path}`, text: await page.content() });
    }
    return drawn;
  } finally {
    await browser.close();
  }
}
