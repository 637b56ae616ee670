import { z } from "zod";

/** Read whole, because it is written back whole. Its keys are no part of it. */
export const EndpointResource = z.looseObject({
  location: z.string(),
  identity: z
    .looseObject({
      type: z.string(),
      userAssignedIdentities: z.record(z.string(), z.unknown()).nullish(),
    })
    .nullish(),
  properties: z.looseObject({
    provisioningState: z.string().nullish(),
    scoringUri: z.string().nullish(),
    authMode: z.string().nullish(),
    traffic: z.record(z.string(), z.number()).nullish(),
    mirrorTraffic: z.record(z.string(), z.number()).nullish(),
  }),
});
export type EndpointResource = z.infer<typeof EndpointResource>;

export const DeploymentResource = z.object({
  name: z.string().nullish(),
  properties: z.object({ provisioningState: z.string().nullish() }),
});
export type DeploymentResource = z.infer<typeof DeploymentResource>;

export const OperationStatus = z.object({
  error: z.object({ code: z.string().nullish(), message: z.string().nullish() }).nullish(),
});

export const AssetVersion = z.object({
  properties: z.object({
    provisioningState: z.string().nullish(),
    properties: z.record(z.string(), z.string().nullable()).nullish(),
  }),
});
export const DeploymentLogs = z.object({ content: z.string().nullish() });
export const ServedModels = z.object({ data: z.array(z.object({ id: z.string() })) });
export const Nothing = z.unknown();
