import type { ServingSpec } from "../provider.ts";
import { port, serverCommand } from "./context.ts";
import { modelPrefix } from "./names.ts";
import type { AzureServingTarget } from "./target.ts";
import type { Traffic } from "./traffic.ts";

/* Bodies as api-version 2024-04-01 has them on the wire. */

export const modelBody = (target: AzureServingTarget, { modelDigest }: ServingSpec) => ({
  properties: {
    modelType: "custom_model",
    modelUri: `azureml://datastores/${target.datastore}/paths/${modelPrefix(modelDigest)}/`,
    description: "A model version whose digest a board approved.",
    tags: { preceptor: "model" },
    properties: { preceptorDigest: modelDigest },
  },
});

export const environmentBody = (contextUri: string) => ({
  properties: {
    build: { contextUri, dockerfilePath: "Dockerfile" },
    osType: "Linux",
    inferenceConfig: {
      livenessRoute: { path: "/health", port },
      readinessRoute: { path: "/health", port },
      scoringRoute: { path: "/v1/chat/completions", port },
    },
    description: "Made by Preceptor to serve a model.",
    tags: { preceptor: "environment" },
  },
});

/** Whole, traffic included: leaving the map out of a PUT takes all traffic away. */
export const endpointBody = (target: AzureServingTarget, purpose: string, traffic: Traffic) => ({
  location: target.region,
  identity: { type: "SystemAssigned" },
  tags: { preceptor: "endpoint", purpose },
  properties: {
    authMode: target.serving.access === "key" ? "Key" : "AADToken",
    publicNetworkAccess: target.serving.publicNetwork ? "Enabled" : "Disabled",
    traffic: traffic.live,
    mirrorTraffic: traffic.mirror,
  },
});

export interface DeploymentParts {
  readonly deploymentId: string;
  readonly modelId: string;
  readonly environmentId: string;
}

export const deploymentBody = (
  target: AzureServingTarget,
  spec: ServingSpec,
  { deploymentId, modelId, environmentId }: DeploymentParts,
) => ({
  location: target.region,
  tags: { preceptor: "deployment", deployment: deploymentId },
  sku: { name: "Default", capacity: target.serving.instances },
  properties: {
    endpointComputeType: "Managed",
    instanceType: target.serving.instanceType,
    model: modelId,
    environmentId,
    environmentVariables: {
      PRECEPTOR_MODEL_DIGEST: spec.modelDigest,
      PRECEPTOR_SERVE_COMMAND: JSON.stringify(serverCommand(target, spec)),
      HOST: "0.0.0.0",
      PORT: String(port),
      PYTHONUNBUFFERED: "1",
      HF_HUB_OFFLINE: "1",
      HF_HUB_DISABLE_TELEMETRY: "1",
      TRANSFORMERS_OFFLINE: "1",
      HF_DATASETS_OFFLINE: "1",
      DO_NOT_TRACK: "1",
      VLLM_NO_USAGE_STATS: "1",
    },
    // Questions and answers are patients' text: neither goes to a log of Azure's.
    appInsightsEnabled: false,
    scaleSettings: { scaleType: "Default" },
    requestSettings: {
      requestTimeout: "PT3M",
      maxConcurrentRequestsPerInstance: target.serving.concurrentRequests,
    },
    // Loading tens of gigabytes takes its time; ten minutes of it before a failing probe counts.
    livenessProbe: {
      initialDelay: "PT10M",
      period: "PT10S",
      timeout: "PT5S",
      failureThreshold: 30,
    },
    readinessProbe: {
      initialDelay: "PT10S",
      period: "PT10S",
      timeout: "PT5S",
      failureThreshold: 180,
    },
  },
});
