import { readFile } from "node:fs/promises";
import { request } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { isRunning } from "@preceptor/python-environment";
import { z } from "zod";
import { idOf } from "../arm/reference.ts";
import { durationMs } from "../job/duration.ts";
import { RunFailure } from "../job/status.ts";
import type { World } from "../world.ts";
import type { Deployment } from "./bodies.ts";
import type { Launched } from "./launch.ts";

const Route = z.object({ path: z.string(), port: z.number() }).nullish();
const Inference = z.looseObject({
  scoringRoute: Route,
  readinessRoute: Route,
  livenessRoute: Route,
});

export function routesOf(
  world: World,
  environmentId: string | null | undefined,
): z.infer<typeof Inference> {
  const environment = world.state.environments.get(idOf(environmentId ?? ""));
  const parsed = Inference.safeParse(environment?.properties["inferenceConfig"] ?? {});
  return parsed.success ? parsed.data : Inference.parse({});
}

const lookMs = 100;

/** Waits until the readiness route answers 200; fails when the server ends first or its probe's time is over. */
export async function untilReady(
  world: World,
  properties: Deployment["properties"],
  launched: Launched,
  logFile: string,
): Promise<void> {
  const path = routesOf(world, properties.environmentId).readinessRoute?.path ?? "/";
  const until = Date.now() + patienceMs(properties);
  while (Date.now() < until && !world.ended.aborted) {
    if ((await statusOf(launched.port, path)) === 200) return;
    if (!(await isRunning(launched.process))) throw await crashed(logFile);
    await pause(lookMs);
  }
  if (world.ended.aborted) return;
  throw new RunFailure(
    "ResourceNotReady",
    "The deployment's readiness probe never succeeded: the container answers no 200 on its readiness route.",
  );
}

function patienceMs({ readinessProbe }: Deployment["properties"]): number {
  const delay = durationMs(readinessProbe?.initialDelay) ?? 10_000;
  const period = durationMs(readinessProbe?.period) ?? 10_000;
  return delay + period * (readinessProbe?.failureThreshold ?? 30);
}

async function crashed(logFile: string): Promise<RunFailure> {
  const log = await readFile(logFile, "utf8").catch(() => "");
  const last = log.trimEnd().split("\n").slice(-3).join(" ");
  return new RunFailure(
    "ResourceNotReady",
    `User container has crashed or terminated. Please see troubleshooting guide. Last lines: ${last}`,
  );
}

function statusOf(port: number, path: string): Promise<number | null> {
  return new Promise((resolve) => {
    const asked = request({ host: "127.0.0.1", port, path, timeout: 2000 }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? null);
    });
    asked.once("error", () => resolve(null));
    asked.once("timeout", () => asked.destroy());
    asked.end();
  });
}
