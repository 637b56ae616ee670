import { aJobThatKeepsOne } from "@preceptor/api/testing/a-job-that-keeps-one";
import { anEdge, setUp } from "@preceptor/api/testing/an-edge";
import type { Me } from "@preceptor/domain";
import { expect, test, vi } from "vitest";
import { aMember } from "../../testing/a-person.ts";

/** Each command is a process that is started cold. */
vi.setConfig({ testTimeout: 120_000 });

test("an operator is told what may still run before a job is abandoned, and why it may not be", async () => {
  const edge = await anEdge();
  const operator = await setUp(edge);
  const { organization } = await operator.query<Me>("access.me");
  const { jobId } = await aJobThatKeepsOne(edge, organization?.id ?? "");
  const olaf = await aMember(edge, operator, "Olaf", "operator");
  const ada = await aMember(edge, operator, "Ada", "engineer");
  const asked = ["job", "abandon", jobId, "--reason", "The region is down for good."] as const;

  expect(await olaf.run("job", "abandon", jobId)).toMatchObject({ code: 2 });
  expect(await olaf.run(...asked)).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(
      /may still run and cost.*Nothing was done; repeat it with --yes/s,
    ),
  });
  expect(await ada.run(...asked, "--yes")).toMatchObject({
    code: 3,
    stderr: expect.stringContaining("job:abandon"),
  });
  expect(await olaf.run(...asked, "--yes")).toMatchObject({
    code: expect.not.toBeOneOf([0]),
    stderr: expect.stringContaining("Its target could be read less than 30 minutes ago"),
  });
  await edge.ownerDb.execute(
    "update attempt set created_at = now() - interval '31 minutes', last_observed_at = null",
  );
  const done = await olaf.run(...asked, "--yes", "--json");
  expect(JSON.parse(done.stdout)).toMatchObject({ id: jobId, status: "failed", reason: "silent" });
  expect(await olaf.run(...asked, "--yes")).toMatchObject({
    stderr: expect.stringContaining("It has ended."),
  });
});
