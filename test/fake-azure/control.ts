import { z } from "zod";
import { ok, Refusal } from "./answer.ts";
import { FaultRule } from "./faults.ts";
import type { Runner } from "./job/runner.ts";
import type { Routes } from "./router.ts";
import type { World } from "./world.ts";

const Preempt = z.strictObject({
  job: z.string(),
  shape: z.enum(["restart", "fail", "by-hand"]),
  afterMs: z.number().optional(),
});

/** Not Azure: how a person, or another process, switches faults on. No token is asked for, it is on the loopback only. */
export const controlRoutes = ({ faults }: World, runner: Runner): Routes => ({
  "GET /faults": () => ok({ value: faults.list() }),
  "POST /faults": ({ body }) => {
    faults.add(parse(FaultRule, body));
    return ok({ value: faults.list() });
  },
  "DELETE /faults": () => {
    faults.clear();
    return { status: 204 };
  },
  "POST /preempt": ({ body }) => {
    const { job, shape, afterMs } = parse(Preempt, body);
    runner.preempt(job, shape, afterMs);
    return { status: 202 };
  },
});

function parse<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new Refusal(400, "InvalidFault", z.prettifyError(parsed.error));
}
