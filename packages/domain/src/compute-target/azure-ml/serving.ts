import { z } from "zod";
import { ImageName } from "../image.ts";
import { InstanceTypeName } from "../price.ts";

/** The machines models are served from, beside the cluster that trains them; left out, the target serves none. */
export const AzureServingSettings = z.strictObject({
  instanceType: InstanceTypeName,
  instances: z.number().int().min(1).max(100).default(1),
  /** `vllm` for language models; `recipe` runs the recipe's own program on the target's image. */
  runtime: z.enum(["vllm", "recipe"]).default("vllm"),
  vllmImage: ImageName.default("vllm/vllm-openai:v0.11.0"),
  /** Entra tokens for people and services; keys only where a caller cannot have one. */
  access: z.enum(["entra", "key"]).default("entra"),
  /**
   * Resource id of the user-assigned identity a new endpoint reads models and images as; null for one of its own, which Azure lets
   * read the workspace's default storage only.
   */
  identity: z
    .string()
    .trim()
    .regex(
      /^\/subscriptions\/[^/]+\/resource[gG]roups\/[^/]+\/providers\/Microsoft\.ManagedIdentity\/userAssignedIdentities\/[\w-]{3,128}$/,
      "give the identity's resource id: /subscriptions/…/userAssignedIdentities/<name>",
    )
    .nullable()
    .default(null),
  /** Whether the endpoint answers outside its private network. */
  publicNetwork: z.boolean().default(false),
  /** Requests one machine works on at once; more wait, then are refused with 429. */
  concurrentRequests: z.number().int().min(1).max(1000).default(64),
});
export type AzureServingSettings = z.infer<typeof AzureServingSettings>;
