import { z } from "zod";
import { userError } from "../answer.ts";
import type { ResourceDocument } from "../state.ts";

const shares = z.record(z.string(), z.number().int().min(0).max(100)).nullish();

export const Endpoint = z.looseObject({
  location: z.string(),
  properties: z.looseObject({
    authMode: z.enum(["AMLToken", "Key", "AADToken"]),
    traffic: shares,
    mirrorTraffic: shares,
  }),
});
export type Endpoint = z.infer<typeof Endpoint>;

const Probe = z
  .looseObject({
    initialDelay: z.string().nullish(),
    period: z.string().nullish(),
    failureThreshold: z.number().int().nullish(),
  })
  .nullish();

export const Deployment = z.looseObject({
  location: z.string(),
  sku: z.looseObject({ name: z.string(), capacity: z.number().int().nullish() }).nullish(),
  properties: z.looseObject({
    endpointComputeType: z.literal("Managed"),
    model: z.string().nullish(),
    environmentId: z.string().nullish(),
    codeConfiguration: z
      .looseObject({ codeId: z.string().nullish(), scoringScript: z.string() })
      .nullish(),
    environmentVariables: z.record(z.string(), z.string()).nullish(),
    instanceType: z.string().nullish(),
    requestSettings: z
      .looseObject({
        requestTimeout: z.string().nullish(),
        maxConcurrentRequestsPerInstance: z.number().int().nullish(),
      })
      .nullish(),
    readinessProbe: Probe,
    livenessProbe: Probe,
  }),
});
export type Deployment = z.infer<typeof Deployment>;

/** The service's own notes about a deployment. */
export const Served = z.object({
  /** Counts the updates: each has a folder and a process of its own. */
  revision: z.number(),
  port: z.number().nullable(),
  process: z.object({ pid: z.number(), startedAt: z.string() }).nullable(),
});
export type Served = z.infer<typeof Served>;

export const endpointOf = (document: ResourceDocument): Endpoint => Endpoint.parse(document.body);
export const deploymentOf = (document: ResourceDocument): Deployment =>
  Deployment.parse(document.body);
export const servedOf = (document: ResourceDocument): Served => Served.parse(document.inner);

export function readBody<T>(schema: z.ZodType<T>, body: unknown, noun: string): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw userError(`The ${noun} is not valid: ${issue?.path.join(".")}: ${issue?.message}.`);
}
