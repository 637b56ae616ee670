import { expect, test } from "vitest";
import { createLogger } from "./logger.ts";

test("a secret or a person's text is hidden wherever it stands, the rest is written", () => {
  const lines: string[] = [];
  const log = createLogger(
    { name: "test", level: "info" },
    { write: (line: string) => void lines.push(line) },
  );
  log.info(
    { token: "t0ps3cret", body: { password: "hunter2", text: "Mrs Smith" }, jobId: "job_1" },
    "done",
  );
  log.debug("too fine");
  expect(lines).toHaveLength(1);
  expect(lines[0]).not.toMatch(/t0ps3cret|hunter2|Smith/);
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({
    jobId: "job_1",
    msg: "done",
    token: "[hidden]",
  });
});
