import { expect, test } from "vitest";
import { advanceDeployment, type Observed } from "./advance.ts";
import type { DeploymentStatus } from "./deployment.ts";

const healthy: Observed = {
  kind: "healthy",
  endpoint: "http://127.0.0.1:1/v1",
  access: { bearer: { from: "installation" }, headers: {} },
};
const said = (kind: "starting" | "unhealthy" | "failed"): Observed => ({
  kind,
  message: "it says",
});

test.each<[string, DeploymentStatus, "serving" | "stopped", Observed, string, DeploymentStatus]>([
  [
    "wanted and not started -> start",
    "pending",
    "serving",
    { kind: "not-started" },
    "start",
    "starting",
  ],
  ["wanted and loading -> wait", "starting", "serving", said("starting"), "nothing", "starting"],
  ["wanted and answering -> healthy", "starting", "serving", healthy, "nothing", "healthy"],
  [
    "healthy and silent -> unhealthy, not failed",
    "healthy",
    "serving",
    said("unhealthy"),
    "nothing",
    "unhealthy",
  ],
  [
    "unhealthy and answering again -> healthy",
    "unhealthy",
    "serving",
    healthy,
    "nothing",
    "healthy",
  ],
  [
    "not yet healthy once and silent -> still starting",
    "starting",
    "serving",
    said("unhealthy"),
    "nothing",
    "starting",
  ],
  [
    "its program failed while loading -> failed, and cleaned up",
    "starting",
    "serving",
    said("failed"),
    "stop",
    "failed",
  ],
  [
    "wanted and gone with its machine -> started again",
    "healthy",
    "serving",
    { kind: "gone" },
    "start",
    "starting",
  ],
  ["not wanted and answering -> asked to stop", "healthy", "stopped", healthy, "stop", "stopping"],
  [
    "not wanted and stopped -> stopped",
    "stopping",
    "stopped",
    { kind: "stopped" },
    "nothing",
    "stopped",
  ],
  ["not wanted and gone -> stopped", "stopping", "stopped", { kind: "gone" }, "nothing", "stopped"],
  [
    "not wanted and never started -> stopped without a start",
    "pending",
    "stopped",
    { kind: "not-started" },
    "nothing",
    "stopped",
  ],
  ["failed stays failed, whatever is seen", "failed", "serving", healthy, "nothing", "failed"],
])("%s", (_name, status, desired, observed, act, next) => {
  const plan = advanceDeployment({ desired, status }, observed, { ok: true });
  expect(plan).toMatchObject({ act, status: next });
});

test.each<[string, DeploymentStatus, Observed, string, DeploymentStatus]>([
  [
    "never started -> failed without a start",
    "pending",
    { kind: "not-started" },
    "nothing",
    "failed",
  ],
  ["answering -> asked to stop", "healthy", healthy, "stop", "stopping"],
  ["refused by a busy place -> asked again", "stopping", healthy, "stop", "stopping"],
  ["gone at last -> failed", "stopping", { kind: "gone" }, "nothing", "failed"],
])("without a valid signed decision, %s", (_name, status, observed, act, next) => {
  const refused = { ok: false as const, why: "the decision expired" };
  const plan = advanceDeployment({ desired: "serving", status }, observed, refused);
  expect(plan).toMatchObject({ act, status: next });
  expect(plan.message).toMatch(/may not serve: the decision expired/);
});

test("a healthy server that ended is started again, once for each end", () => {
  const desired = "serving" as const;
  const again = advanceDeployment({ desired, status: "healthy" }, said("failed"), { ok: true });
  expect(again).toMatchObject({ act: "start", status: "starting" });
});
