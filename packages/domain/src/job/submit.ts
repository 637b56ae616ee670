import { z } from "zod";
import { ImageName } from "../compute-target/image.ts";
import { distributions } from "../compute-target/distribution.ts";
import { InstanceTypeName, tiers } from "../compute-target/price.ts";
import { Duration } from "../duration.ts";
import { Name, Sha256 } from "../id.ts";
import { pathClash, SafePath } from "../manifest.ts";
import { Money } from "../money.ts";
import { InputReferenceText, VersionedName } from "../reference.ts";

export const jobKinds = ["pretrain", "fine-tune", "evaluate", "prepare"] as const;
export type JobKind = (typeof jobKinds)[number];

export const ParameterValue = z.union(
  [z.number(), z.string().max(6000), z.boolean()],
  "must be a number, a text, or true or false",
);

export const Compute = z.strictObject({
  target: Name,
  nodes: z.number().int().min(1).max(512).default(1),
  processesPerNode: z.number().int().min(1).max(64).default(1),
  tier: z.enum(tiers).default("dedicated"),
  /** One of the machines the target offers; its own when left out. */
  instanceType: InstanceTypeName.optional(),
  /** One of the images the target allows; its own when left out. */
  image: ImageName.optional(),
});

export const Limits = z.strictObject({
  timeout: Duration.default("PT12H"),
  maxAttempts: z.number().int().min(1).max(20).default(3),
  maxCost: Money.optional(),
});

export const CheckpointRetention = z.strictObject({
  keep: z.strictObject({
    last: z.number().int().min(1).max(100).default(2),
    best: z
      .strictObject({
        metric: z.string().max(250),
        mode: z.enum(["min", "max"]),
        count: z.number().int().min(1).max(20).default(1),
      })
      .optional(),
  }),
});

/** A program of the submitter's own: files uploaded beforehand by digest, started by `command`. */
export const OwnCode = z.strictObject({
  command: z.array(z.string().max(1000)).min(1).max(100),
  files: z
    .array(
      z.strictObject({
        path: SafePath,
        sha256: Sha256,
        sizeBytes: z.number().int().nonnegative().max(50_000_000),
      }),
    )
    .min(1)
    .max(1000)
    .superRefine((files, context) => {
      const clash = pathClash(files.map((file) => file.path));
      if (clash)
        context.addIssue({ code: "custom", path: [clash.index, "path"], message: clash.message });
    }),
  requirements: SafePath.optional(),
});

/** A job as its author writes it: the YAML file, the form and the API are this one shape. */
export const JobSpec = z
  .strictObject({
    name: Name,
    kind: z.enum(jobKinds),
    recipe: Name.optional(),
    code: OwnCode.optional(),
    inputs: z.record(Name, InputReferenceText).default({}),
    parameters: z.record(z.string().max(100), ParameterValue).default({}),
    compute: Compute,
    /** `mpi` needs a target whose image has an MPI launcher. */
    distribution: z.enum(distributions).default("pytorch"),
    limits: Limits.prefault({}),
    checkpoints: CheckpointRetention.optional(),
    /** Registers the finished model as the next version of this name. */
    output: z.strictObject({ model: Name }).optional(),
    /** Suites the finished model is evaluated on; for kind `evaluate`, the one suite that is run. */
    evaluate: z.array(VersionedName).max(20).default([]),
    description: z.string().max(4000).optional(),
    tags: z.record(z.string().max(60), z.string().max(200)).optional(),
  })
  .refine((spec) => (spec.recipe === undefined) !== (spec.code === undefined), {
    path: ["recipe"],
    message: "name a recipe, or give code of your own: exactly one of the two",
  });
export type JobSpec = z.infer<typeof JobSpec>;

/** A client that got no answer sends the same idempotency key again and gets the same job. */
export const SubmitJob = z.strictObject({
  spec: JobSpec,
  idempotencyKey: z.string().min(8).max(200),
});
export type SubmitJob = z.infer<typeof SubmitJob>;
