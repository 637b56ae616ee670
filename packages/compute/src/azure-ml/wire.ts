import { z } from "zod";

/** What we read of Azure's answers. Everything else, variables with their secrets before all, is dropped where it comes in. */
export const JobResource = z.object({
  name: z.string(),
  properties: z.object({
    status: z.string().nullish(),
    computeId: z.string().nullish(),
    tags: z.record(z.string(), z.string().nullable()).nullish(),
    resources: z.object({ instanceCount: z.number().nullish() }).nullish(),
    distribution: z.object({ processCountPerInstance: z.number().nullish() }).nullish(),
    limits: z.object({ timeout: z.string().nullish() }).nullish(),
  }),
  systemData: z.object({ createdAt: z.string().nullish() }).nullish(),
});
/** One item that cannot be read must not hide the others of its page. */
export const JobPage = z.object({
  value: z.array(z.unknown()),
  nextLink: z.string().nullish(),
});

export const AssetVersion = z.object({ id: z.string(), name: z.string() });
export const CodeVersion = z.object({ properties: z.object({ codeUri: z.string() }) });
export const PendingUpload = z.object({
  blobReferenceForConsumption: z.object({
    blobUri: z.string(),
    credential: z.object({ credentialType: z.literal("SAS"), sasUri: z.string() }),
  }),
});
export const Nothing = z.unknown();

const errorText = z.object({ code: z.string().nullish(), message: z.string().nullish() });
/** Run history's own answer; no official description of it is public, so everything may be missing. */
export const RunDetails = z.object({
  status: z.string().nullish(),
  startTimeUtc: z.string().nullish(),
  endTimeUtc: z.string().nullish(),
  logFiles: z.record(z.string(), z.string()).nullish(),
  warnings: z.array(z.object({ message: z.string().nullish() })).nullish(),
  error: z
    .object({
      error: errorText.extend({
        innerError: z.object({ code: z.string().nullish() }).nullish(),
        details: z.array(errorText).nullish(),
      }),
    })
    .nullish(),
});
export type RunDetails = z.infer<typeof RunDetails>;

const count = z.number().int().nonnegative().nullish();
export const ComputeResource = z.object({
  name: z.string(),
  properties: z.object({
    computeType: z.string(),
    provisioningState: z.string().nullish(),
    provisioningErrors: z
      .array(z.object({ error: errorText.nullish(), code: z.string().nullish() }))
      .nullish(),
    properties: z
      .object({
        vmSize: z.string().nullish(),
        vmPriority: z.string().nullish(),
        scaleSettings: z
          .object({
            minNodeCount: count,
            maxNodeCount: count,
            nodeIdleTimeBeforeScaleDown: z.string().nullish(),
          })
          .nullish(),
        subnet: z.object({ id: z.string() }).nullish(),
        allocationState: z.string().nullish(),
        errors: z.array(z.object({ error: errorText.nullish() })).nullish(),
        nodeStateCounts: z
          .object({
            idleNodeCount: count,
            runningNodeCount: count,
            preparingNodeCount: count,
            unusableNodeCount: count,
            leavingNodeCount: count,
            preemptedNodeCount: count,
          })
          .nullish(),
      })
      .nullish(),
  }),
  identity: z
    .object({ userAssignedIdentities: z.record(z.string(), z.unknown()).nullish() })
    .nullish(),
});
export type ComputeResource = z.infer<typeof ComputeResource>;

export const Page = z.object({
  value: z.array(z.unknown()).nullish(),
  nextLink: z.string().nullish(),
});
export const Usage = z.object({
  currentValue: z.number(),
  limit: z.number(),
  unit: z.string().nullish(),
  name: z.object({ value: z.string() }),
});
export const VirtualMachineSize = z.object({
  name: z.string(),
  family: z.string().nullish(),
  vCPUs: z.number(),
  gpus: z.number().nullish(),
  memoryGB: z.number(),
  maxResourceVolumeMB: z.number().nullish(),
  lowPriorityCapable: z.boolean().nullish(),
  supportedComputeTypes: z.array(z.string()).nullish(),
});
export type VirtualMachineSize = z.infer<typeof VirtualMachineSize>;
export const VirtualMachineSizes = z.object({ value: z.array(VirtualMachineSize).nullish() });
export const Workspace = z.object({ location: z.string() });
