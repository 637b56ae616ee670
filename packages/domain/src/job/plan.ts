import {
  choose,
  distributionsAt,
  longestRunMs,
  nodePrice,
  type ComputeTargetSettings,
} from "../compute-target/compute-target.ts";
import { estimateCost, type CostEstimate } from "./cost.ts";
import { durationMs } from "../duration.ts";
import type { Permit } from "../dataset/dataset.ts";
import type { Money } from "../money.ts";
import { parseReference } from "../reference.ts";
import type { RecipeDefinition } from "../recipe/recipe.ts";
import type { JobSpec } from "./submit.ts";

export interface JobIssue {
  /** Path of the input at fault, e.g. `inputs.train`. */
  readonly field: string;
  readonly message: string;
}
/** What was found for an input's reference; null when there is nothing of that name. */
export type InputFacts =
  | {
      readonly type: "dataset";
      readonly id: string;
      readonly digest: string;
      readonly permit: Permit;
      readonly files: number;
      readonly splits: readonly string[];
    }
  | { readonly type: "model"; readonly id: string; readonly digest: string };
export type JobParameters = Readonly<Record<string, number | string | boolean>>;
export interface PlanFacts {
  readonly now: Date;
  readonly target: { readonly id: string; readonly settings: ComputeTargetSettings } | null;
  /** null when the spec names none, or when there is none of that name. */
  readonly recipe: { readonly id: string; readonly definition: RecipeDefinition } | null;
  readonly inputs: Readonly<Record<string, InputFacts | null>>;
  /** What the recipe's own schema says of the parameters; defaults are filled in. */
  readonly parameters: { readonly values: JobParameters; readonly issues: readonly JobIssue[] };
  /** What there is to choose from where a name stands for nothing. */
  readonly known?: { readonly targets: readonly string[]; readonly recipes: readonly string[] };
  /** Suites named in `evaluate` that exist, by their `name@version`. */
  readonly suites: readonly string[];
  /** Sha256 of own code files that have not been uploaded. */
  readonly missingCode: readonly string[];
}
export interface PlannedInput {
  readonly name: string;
  readonly reference: string;
  readonly datasetVersionId: string | null;
  readonly split: string | null;
  readonly modelVersionId: string | null;
  readonly digest: string;
}
export interface JobPlan {
  readonly recipeId: string | null;
  readonly targetId: string;
  readonly parameters: JobParameters;
  readonly inputs: readonly PlannedInput[];
  /** null where the target has no price for the wanted tier. */
  readonly cost: CostEstimate | null;
}

/** Everything wrong with a spec at once, or what it comes to. */
export function planJob(
  spec: JobSpec,
  facts: PlanFacts,
): { issues: JobIssue[] } | { plan: JobPlan } {
  const issues = [
    ...targetIssues(spec, facts),
    ...recipeIssues(spec, facts),
    ...inputIssues(spec, facts),
    ...facts.parameters.issues,
    ...codeIssues(spec, facts),
    ...suiteIssues(spec, facts),
  ];
  if (issues.length > 0 || facts.target === null) return { issues };
  const { tier, instanceType } = spec.compute;
  const price = nodePrice(facts.target.settings, tier, instanceType);
  return {
    plan: {
      cost: price && estimateCost(spec, price),
      recipeId: facts.recipe?.id ?? null,
      targetId: facts.target.id,
      parameters: facts.parameters.values,
      inputs: Object.entries(spec.inputs).flatMap(([name, reference]) =>
        plannedInput(name, reference, facts.inputs[name] ?? null),
      ),
    },
  };
}

/** At most ten names: a list nobody reads to its end helps nobody. */
function thereIs(names: readonly string[] | undefined): string {
  if (names === undefined || names.length === 0) return " There is none yet.";
  return ` There ${names.length === 1 ? "is" : "are"} ${names.slice(0, 10).join(", ")}${names.length > 10 ? " and more" : ""}.`;
}

function targetIssues(
  { compute, limits, distribution }: JobSpec,
  { target, known }: PlanFacts,
): JobIssue[] {
  if (target === null)
    return [
      issue(
        "compute.target",
        `There is no compute target called ${compute.target}.${thereIs(known?.targets)}`,
      ),
    ];
  const { maxNodes, maxProcessesPerNode } = target.settings;
  const issues: JobIssue[] = [];
  if (!distributionsAt(target.settings).includes(distribution))
    issues.push(
      issue(
        "distribution",
        `${compute.target} has no launcher for ${distribution}; it takes ${distributionsAt(target.settings).join(" and ")}. Choose one of these, or another target.`,
      ),
    );
  if (compute.nodes > maxNodes)
    issues.push(
      issue(
        "compute.nodes",
        `${compute.target} has ${maxNodes} nodes; ${compute.nodes} are asked for.`,
      ),
    );
  if (compute.processesPerNode > maxProcessesPerNode)
    issues.push(
      issue(
        "compute.processesPerNode",
        `A node of ${compute.target} takes ${maxProcessesPerNode} processes; ${compute.processesPerNode} are asked for.`,
      ),
    );
  issues.push(...timeIssues(compute, limits.timeout, target.settings));
  const choice = choose(compute.target, target.settings, compute);
  // Of machines that are not there nothing can be said of the price.
  if (Array.isArray(choice))
    return [...issues, ...choice.map(({ field, message }) => issue(`compute.${field}`, message))];
  return [...issues, ...costIssues(compute, limits.maxCost, target.settings)];
}

/** A job that is ended before its own limit would fail after weeks for a reason known now. */
function timeIssues(
  { target, tier }: JobSpec["compute"],
  timeout: string,
  settings: ComputeTargetSettings,
): JobIssue[] {
  const longest = longestRunMs(settings, tier);
  if (longest === null || (durationMs(timeout) ?? 0) <= longest) return [];
  const days = `P${longest / 86_400_000}D`;
  return [
    issue(
      "limits.timeout",
      `${target} ends what runs on ${tier} machines after ${days}: ask for at most that, and let the job go on from its newest checkpoint in another attempt.`,
    ),
  ];
}

/** A limit that nobody could keep is refused rather than silently dropped. */
function costIssues(
  { target, tier, instanceType }: JobSpec["compute"],
  maxCost: Money | undefined,
  settings: ComputeTargetSettings,
): JobIssue[] {
  if (maxCost === undefined) return [];
  const price = nodePrice(settings, tier, instanceType);
  if (price === null)
    return [
      issue(
        "limits.maxCost",
        `${target} has no price for the tier ${tier}${instanceType === undefined ? "" : ` of ${instanceType}`}, so a cost limit could not be kept. Leave it out and use limits.timeout, or ask an operator to set the price.`,
      ),
    ];
  if (maxCost.currency !== price.currency)
    return [issue("limits.maxCost.currency", `The prices of ${target} are in ${price.currency}.`)];
  return maxCost.amount > 0
    ? []
    : [issue("limits.maxCost.amount", "A limit of nothing lets nothing run.")];
}

function recipeIssues(spec: JobSpec, { recipe, known }: PlanFacts): JobIssue[] {
  if (spec.recipe === undefined) return [];
  if (recipe === null)
    return [issue("recipe", `There is no recipe called ${spec.recipe}.${thereIs(known?.recipes)}`)];
  const { definition } = recipe;
  const issues: JobIssue[] = [];
  if (definition.kind !== spec.kind)
    issues.push(
      issue(
        "kind",
        `Recipe ${spec.recipe} is for jobs of kind ${definition.kind}, not ${spec.kind}.`,
      ),
    );
  if (spec.output !== undefined && definition.output !== "model")
    issues.push(issue("output.model", `Recipe ${spec.recipe} leaves no model to register.`));
  for (const [name, input] of Object.entries(definition.inputs)) {
    if (input.required && spec.inputs[name] === undefined)
      issues.push(
        issue(`inputs.${name}`, `Recipe ${spec.recipe} needs the input ${name}, a ${input.type}.`),
      );
  }
  for (const [name, reference] of Object.entries(spec.inputs)) {
    const wanted = definition.inputs[name];
    const given = parseReference(reference)?.scheme;
    if (wanted === undefined)
      issues.push(
        issue(
          `inputs.${name}`,
          `Recipe ${spec.recipe} has no input ${name}; it takes ${Object.keys(definition.inputs).join(", ") || "none"}.`,
        ),
      );
    else if (given !== undefined && given !== wanted.type)
      issues.push(issue(`inputs.${name}`, `This input must be a ${wanted.type}, not a ${given}.`));
  }
  return issues;
}

function inputIssues(spec: JobSpec, facts: PlanFacts): JobIssue[] {
  return Object.entries(spec.inputs).flatMap(([name, reference]): JobIssue[] => {
    const field = `inputs.${name}`;
    const found = facts.inputs[name] ?? null;
    if (found === null)
      return [
        issue(
          field,
          `There is no ${reference.split("/").slice(0, 3).join("/")} in your organization.`,
        ),
      ];
    if (found.type === "model") return [];
    const issues: JobIssue[] = [];
    const parsed = parseReference(reference);
    const split = parsed?.scheme === "dataset" ? parsed.split : "";
    if (found.files === 0)
      issues.push(
        issue(
          field,
          `The split ${split} is empty or does not exist; this version has ${found.splits.join(", ") || "none"}.`,
        ),
      );
    const { expiresAt } = found.permit;
    if (expiresAt !== undefined && new Date(expiresAt) <= facts.now)
      issues.push(issue(field, `The permit of this dataset expired on ${expiresAt}.`));
    return issues;
  });
}

const codeIssues = ({ code }: JobSpec, { missingCode }: PlanFacts): JobIssue[] =>
  (code?.files ?? []).flatMap((file, n) =>
    missingCode.includes(file.sha256)
      ? [issue(`code.files.${n}`, `${file.path} has not been uploaded.`)]
      : [],
  );

function suiteIssues({ evaluate, kind, output }: JobSpec, { suites }: PlanFacts): JobIssue[] {
  const issues = evaluate.flatMap((name, n) =>
    suites.includes(name) ? [] : [issue(`evaluate.${n}`, `There is no evaluation suite ${name}.`)],
  );
  if (evaluate.length > 0 && kind !== "evaluate" && output === undefined)
    issues.push(
      issue("output.model", "Only a registered model can be evaluated: name it in output.model."),
    );
  return issues;
}

function plannedInput(name: string, reference: string, found: InputFacts | null): PlannedInput[] {
  const parsed = parseReference(reference);
  if (found === null || parsed === null) return [];
  return [
    {
      name,
      reference,
      datasetVersionId: found.type === "dataset" ? found.id : null,
      split: parsed.scheme === "dataset" ? parsed.split : null,
      modelVersionId: found.type === "model" ? found.id : null,
      digest: found.digest,
    },
  ];
}

const issue = (field: string, message: string): JobIssue => ({ field, message });
