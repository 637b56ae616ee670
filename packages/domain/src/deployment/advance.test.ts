import { expect, test } from "vitest";
import { advanceDeployment, START_DEADLINE_MS, type Observed } from "./advance.ts";
import type { DeploymentStatus } from "./deployment.ts";

const now = new Date("2026-01-01T12:00:00.000Z");
const healthy: Observed = { kind: "healthy", endpoint: "http://127.0.0.1:1/v1", token: null };
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
    "its program failed -> failed, and cleaned up",
    "healthy",
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
  const plan = advanceDeployment(now, { desired, status, startingSince: now }, observed);
  expect(plan).toMatchObject({ act, status: next });
});

test("loading past the deadline -> failed and stopped", () => {
  const startingSince = new Date(now.getTime() - START_DEADLINE_MS - 1);
  const deployment = { desired: "serving" as const, status: "starting" as const, startingSince };
  expect(advanceDeployment(now, deployment, said("starting"))).toMatchObject({
    act: "stop",
    status: "failed",
  });
});
