import { isDeepStrictEqual } from "node:util";
import { notFound, ok, userError, type Answer } from "../answer.ts";
import { checkJob } from "../job/check.ts";
import { readCommand } from "../job/command.ts";
import type { Runner } from "../job/runner.ts";
import { change, isOver } from "../job/status.ts";
import type { FakeRequest, Routes } from "../router.ts";
import type { JobDocument, Wire } from "../state.ts";
import type { World } from "../world.ts";
import { listJobs } from "./job-list.ts";
import { jobResource } from "./job-resource.ts";

export const jobRoutes = (world: World, runner: Runner): Routes => ({
  "GET /jobs": (request) => ok(listJobs(world, request.url)),
  "GET /jobs/:name": (request) => ok(jobResource(world, find(world, request))),
  "PUT /jobs/:name": (request) => put(world, runner, request),
  "POST /jobs/:name/cancel": (request) => cancel(world, runner, request),
});

function find({ state }: World, { params }: FakeRequest): JobDocument {
  const job = state.jobs.get(params["name"] ?? "");
  if (job === undefined) throw notFound(`job ${params["name"]}`);
  return job;
}

/** Of a job that exists only these change. */
const changeable = new Set(["displayName", "description", "tags", "isArchived", "properties"]);

function put(world: World, runner: Runner, { params, body }: FakeRequest): Answer {
  const id = params["name"] ?? "";
  if (!/^[A-Za-z0-9][\w-]{0,254}$/.test(id)) throw userError(`The job name ${id} is not valid.`);
  const command = readCommand(body);
  const wanted = body as Wire;
  const before = world.state.jobs.get(id);
  if (before !== undefined) {
    if (!sameJob(before.body, wanted))
      throw userError(
        "A job with this name already exists. If you are trying to create a new job, use a different name. If you are trying to update an existing job, the existing job's command cannot be changed. Only description, displayName, tags, and isArchived can be updated.",
      );
    return ok(jobResource(world, change(world, id, { body: wanted })));
  }
  checkJob(world, command);
  const status = world.options.jobs === "pretend" ? "Running" : "NotStarted";
  const job = newJob(id, wanted, status);
  world.state.jobs.put(job);
  runner.start(id);
  return { status: 201, body: jobResource(world, job) };
}

export function newJob(id: string, body: Wire, status: string): JobDocument {
  const at = new Date().toISOString();
  return {
    id,
    body,
    createdAt: at,
    status,
    history: [{ status, at }],
    retry: 0,
    processes: [],
    masterPort: 0,
    error: null,
    warnings: [],
    cancelStuck: false,
    stall: null,
    preemption: null,
  };
}

function sameJob(before: Wire, wanted: Wire): boolean {
  const fixed = ({ properties }: Wire): object =>
    Object.fromEntries(Object.entries(properties ?? {}).filter(([name]) => !changeable.has(name)));
  return isDeepStrictEqual(fixed(before), fixed(wanted));
}

function cancel(world: World, runner: Runner, request: FakeRequest): Answer {
  const job = find(world, request);
  if (isOver(job)) return { status: 200 };
  if (job.status === "Finalizing")
    throw userError("The job is finalizing and cannot be canceled any more.");
  if (job.status !== "CancelRequested") {
    change(world, job.id, { status: "CancelRequested" });
    runner.wake(job.id);
  }
  return { status: 202 };
}
