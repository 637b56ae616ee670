import type { Page } from "playwright-core";
import { expect } from "vitest";
import { follow, go, press, statusOf } from "./navigation.ts";
import type { Member } from "./people.ts";
import { until } from "./until.ts";

export const purpose = "discharge-summary";
const servingMs = 300_000;

const field = (page: Page, name: string) => page.getByRole("textbox", { name, exact: true });

/** An operator says what a model must prove: an interval above a guess among four, no worse than what serves, enough patients. */
export async function definePolicy(page: Page, suite: string): Promise<string> {
  await go(page, "Promotions");
  await follow(page, "Policies");
  await field(page, "Name").fill("pilot-two-of-board");
  await field(page, "Title").fill("Pilot: two members of the board");
  await page.getByLabel("Suite").selectOption(suite);
  await page.getByLabel("Floor").fill("0.25");
  await page.getByLabel("Margin").fill("0.05");
  await page.getByLabel("Fewest patients").fill("100");
  await press(page, "Define the policy");
  await page.getByRole("heading", { name: "Pilot: two members of the board" }).waitFor();
  return "pilot-two-of-board@1";
}

interface Request {
  readonly model: string;
  readonly policy: string;
}

/** Asks the board and gives the address of the dossier. */
export async function askBoard(page: Page, request: Request): Promise<string> {
  await go(page, "Promotions");
  await follow(page, "Ask for a promotion");
  await page.getByLabel("Model").selectOption(request.model);
  await field(page, "Purpose").fill(purpose);
  await page.getByLabel("Policy").selectOption(request.policy);
  await field(page, "Intended use").fill(
    "Suggests an advice from a synthetic note, in a supervised pilot.",
  );
  await field(page, "Not for").fill("Any decision about a real patient: its data is synthetic.");
  await field(page, "Risks").fill("It may answer wrongly and with confidence; nobody acts on it.");
  await page.getByText("Nothing stands in the way: the board can be asked.").waitFor();
  await press(page, "Ask for promotion");
  await page
    .getByRole("heading", { level: 1, name: `Serve ${request.model} for ${purpose}` })
    .waitFor();
  return page.url();
}

/** A member of the board reads the dossier and signs. */
export async function approve(
  { page, password }: Member,
  dossier: string,
  reason: string,
): Promise<string> {
  await page.goto(dossier);
  await page.getByRole("radio", { name: "Approve" }).check();
  await field(page, "Reason").fill(reason);
  await page.getByLabel("Your password").fill(password);
  await press(page, "Sign and cast vote");
  await page.getByText("Your vote is signed and recorded").waitFor();
  return statusOf(page);
}

/** The dossier, still open in front of the asker, says what the approval brought about; its page is watched until it is healthy. */
async function untilServing(page: Page): Promise<string> {
  await follow(page, "See its deployment");
  await page.waitForURL(/\/deployments\//);
  await until(
    "a healthy deployment",
    async () => {
      const status = await statusOf(page);
      if (status === "failed") throw new Error(await page.locator("#main").innerText());
      return status === "healthy";
    },
    servingMs,
  );
  return page.url();
}

/** The board is asked, the asker sees that she has no vote, two members sign, and what they approved is served. Gives the deployment's address. */
export async function decide(
  asker: Member,
  board: readonly [Member, Member],
  request: Request,
): Promise<{ dossier: string; deployment: string }> {
  const dossier = await askBoard(asker.page, request);
  const refusal = asker.page.getByText("You cannot vote on this request.");
  await refusal.waitFor();
  expect(await asker.page.getByRole("button", { name: "Sign and cast vote" }).count()).toBe(0);
  const [first, second] = board;
  expect(await approve(first, dossier, "The intervals and the leakage check hold.")).toBe("open");
  expect(await first.page.getByRole("button", { name: "Sign and cast vote" }).count()).toBe(0);
  expect(await approve(second, dossier, "Read whole; fit for a supervised pilot.")).toBe(
    "approved",
  );
  return { dossier, deployment: await untilServing(asker.page) };
}
