import { AzureMachineLearningWorkspaces } from "@azure/arm-machinelearning";
import type { OperationArguments, OperationSpec } from "@azure/core-client";

export const apiVersion = "2024-04-01";

/**
 * The generated client with request bodies passed through as they are: its own mappers know 2022-10-01 and silently
 * drop `uri` and `mode` of data inputs and outputs (azure-sdk-for-js issue 29328) and every newer field.
 */
export class MachineLearningClient extends AzureMachineLearningWorkspaces {
  override sendOperationRequest<T>(given: OperationArguments, spec: OperationSpec): Promise<T> {
    return super.sendOperationRequest<T>(given, passThrough(spec));
  }
}

function passThrough(spec: OperationSpec): OperationSpec {
  const body = spec.requestBody;
  if (body === undefined) return spec;
  const { serializedName, required } = body.mapper;
  const mapper = {
    type: { name: "any" as const },
    ...(serializedName === undefined ? {} : { serializedName }),
    ...(required === undefined ? {} : { required }),
  };
  return { ...spec, requestBody: { ...body, mapper } };
}
