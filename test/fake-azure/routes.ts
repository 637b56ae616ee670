import { codeRoutes } from "./arm/code.ts";
import { computeRoutes } from "./arm/compute.ts";
import { datastoreRoutes } from "./arm/datastore.ts";
import { environmentRoutes } from "./arm/environment.ts";
import { jobRoutes } from "./arm/job.ts";
import { locationRoutes, otherLocationRoutes } from "./arm/location.ts";
import { deploymentRoutes } from "./arm/online-deployment.ts";
import { endpointRoutes } from "./arm/online-endpoint.ts";
import { modelRoutes } from "./arm/model.ts";
import { operationRoutes } from "./arm/operation.ts";
import { historyPath, historyRoutes } from "./arm/run-history.ts";
import { workspaceRoutes } from "./arm/workspace.ts";
import { controlRoutes } from "./control.ts";
import type { Keeper } from "./endpoint/keeper.ts";
import type { Runner } from "./job/runner.ts";
import { locationPath, locationsPath, workspacePath } from "./names.ts";
import { createRouter } from "./router.ts";
import { tokenRoutes } from "./token.ts";
import type { World } from "./world.ts";

/** Every address this fake answers, noun by noun. */
export function allRoutes(
  world: World,
  runner: Runner,
  keeper: Keeper,
): ReturnType<typeof createRouter> {
  const workspace = workspacePath(world.names);
  const inWorkspace = [
    workspaceRoutes(world),
    jobRoutes(world, runner),
    codeRoutes(world),
    environmentRoutes(world),
    modelRoutes(world),
    datastoreRoutes(world),
    computeRoutes(world),
    endpointRoutes(world, keeper),
    deploymentRoutes(world, keeper),
  ];
  return createRouter([
    ...inWorkspace.map((routes) => ({ prefix: workspace, routes })),
    {
      prefix: locationPath(world.names),
      routes: { ...locationRoutes(world), ...operationRoutes(world) },
    },
    { prefix: locationsPath(world.names), routes: otherLocationRoutes },
    { prefix: historyPath(world), routes: historyRoutes(world) },
    { prefix: "/fake", routes: controlRoutes(world, runner) },
    { prefix: "", routes: tokenRoutes(world) },
  ]);
}
