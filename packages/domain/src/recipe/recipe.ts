import { z } from "zod";
import { Name } from "../id.ts";
import type { Manifest } from "../manifest.ts";

export const recipeKinds = ["pretrain", "fine-tune", "evaluate", "prepare", "serve"] as const;

export const RecipeInput = z.strictObject({
  type: z.enum(["dataset", "model"]),
  required: z.boolean().default(true),
  description: z.string().max(500).default(""),
});

/** JSON Schema (2020-12) of a recipe's parameters: one flat object, so that a form and a YAML file say the same. */
export const ParameterSchema = z.looseObject({
  type: z.literal("object"),
  properties: z.record(
    z.string(),
    z.looseObject({
      type: z.enum(["number", "integer", "string", "boolean"]),
      title: z.string().optional(),
      description: z.string().optional(),
      default: z.union([z.number(), z.string(), z.boolean()]).optional(),
      minimum: z.number().optional(),
      maximum: z.number().optional(),
      exclusiveMinimum: z.number().optional(),
      enum: z.array(z.union([z.number(), z.string()])).optional(),
    }),
  ),
  required: z.array(z.string()).optional(),
  /** The parameters as the recipe's author ordered them; stored, because jsonb keeps no order of keys. */
  order: z.array(z.string()).optional(),
  additionalProperties: z.literal(false),
});
export type ParameterSchema = z.infer<typeof ParameterSchema>;

/** What `recipe.yaml` holds. */
export const RecipeDefinition = z.strictObject({
  name: Name,
  version: z.number().int().positive(),
  title: z.string().max(120),
  description: z.string().max(2000).default(""),
  kind: z.enum(recipeKinds),
  entry: z.string().max(200),
  requirements: z.string().max(200).default("requirements.txt"),
  /** Lists the modules a launcher may import ahead and share between runs; none means each run imports for itself. */
  preload: z.string().max(200).optional(),
  inputs: z.record(Name, RecipeInput).default({}),
  output: z.enum(["model", "evaluation", "none"]).default("none"),
  parameters: ParameterSchema,
  metrics: z.strictObject({ primary: z.string(), mode: z.enum(["min", "max"]) }).optional(),
});
export type RecipeDefinition = z.infer<typeof RecipeDefinition>;

export interface Recipe extends RecipeDefinition {
  readonly id: string;
  /** `sha256:` over the manifest of its files: the same code is the same digest. */
  readonly digest: string;
  readonly files: z.infer<typeof Manifest>;
  readonly createdAt: Date;
}
