import { aJobThatKeepsOne } from "@preceptor/api/testing/a-job-that-keeps-one";
import { anEdge, setUp } from "@preceptor/api/testing/an-edge";
import type { Me } from "@preceptor/domain";
import { expect, test, vi } from "vitest";
import { aMember } from "../../testing/a-person.ts";

/** Each command is a process that is started cold. */
vi.setConfig({ testTimeout: 120_000 });

test("an operator sees what would go, confirms it, and it is told where the checkpoints are listed", async () => {
  const edge = await anEdge();
  const operator = await setUp(edge);
  const { organization } = await operator.query<Me>("access.me");
  const { jobId, passThreeDays } = await aJobThatKeepsOne(edge, organization?.id ?? "");
  const olga = await aMember(edge, operator, "Olaf", "operator");
  const ada = await aMember(edge, operator, "Ada", "engineer");
  expect(await ada.run("retention", "show")).toMatchObject({
    code: 3,
    stderr: expect.stringContaining("retention:manage"),
  });
  const shown = await olga.run("retention", "show");
  expect(shown).toMatchObject({ code: 0, stderr: "" });
  expect(shown.stdout).toMatch(/a-job +checkpoint-1 +9 B +keep last 1\n.*checkpoint-2/);

  expect(await olga.run("retention", "run")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("2 checkpoints would be marked as removed"),
  });
  expect((await olga.run("retention", "run", "--yes")).stdout).toMatch(
    /marked as removed +2 checkpoints, 18 B/,
  );
  const listed = await ada.run("job", "checkpoints", jobId);
  expect(listed.stdout).toMatch(/checkpoint-1 .*removed by retention \(keep last 1\) 20\d\d-/);
  expect(listed.stdout).toMatch(/checkpoint-3 .*committed/);

  await passThreeDays();
  const outlook = JSON.parse((await olga.run("retention", "show", "--json")).stdout);
  expect(outlook).toMatchObject({ checkpoints: [], due: { objects: 2, bytes: 18 } });
  const done = JSON.parse((await olga.run("retention", "run", "--yes", "--json")).stdout);
  expect(done).toMatchObject({ removed: { objects: 2, bytes: 18 }, problem: null, more: false });
});
