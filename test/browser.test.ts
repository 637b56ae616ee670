import { expect, test } from "vitest";
import { launchBrowser } from "./browser.ts";

test(
  "the browser out of npm draws a page with words and answers to its script",
  { timeout: 120_000 },
  async () => {
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage({ viewport: { width: 390, height: 200 } });
      await page.goto("data:text/html,<h1>Preceptor</h1><script>document.title = 'ran'</script>");
      expect(await page.title()).toBe("ran");
      const drawn = await page.screenshot();
      await page.goto("data:text/html,<title>empty</title>");
      // Without a usable font both pictures would be the same white.
      expect(drawn.length).toBeGreaterThan((await page.screenshot()).length);
      await page.close();
      expect((await browser.newContext()).pages()).toEqual([]);
    } finally {
      await browser.close();
    }
  },
);
