import type { AddCommand } from "../command.ts";

interface Noun {
  readonly name: string;
  readonly about: string;
  /** Its verbs, with all they need: a command line waits for those of one noun only. */
  load(): Promise<{ readonly verbs: readonly AddCommand[] }>;
}

/** In the order of the help. */
export const nouns: readonly Noun[] = [
  {
    name: "job",
    about: "training, fine-tuning and evaluation jobs",
    load: () => import("./job/verbs.ts"),
  },
  { name: "dataset", about: "immutable, versioned data", load: () => import("./dataset/verbs.ts") },
  { name: "model", about: "model versions", load: () => import("./model/verbs.ts") },
  {
    name: "evaluation",
    about: "suites run on models",
    load: () => import("./evaluation/verbs.ts"),
  },
  { name: "suite", about: "what an evaluation measures", load: () => import("./suite/verbs.ts") },
  {
    name: "promotion",
    about: "requests that a model may serve a purpose",
    load: () => import("./promotion/verbs.ts"),
  },
  {
    name: "policy",
    about: "rules promotions are judged by",
    load: () => import("./policy/verbs.ts"),
  },
  { name: "deployment", about: "models that answer", load: () => import("./deployment/verbs.ts") },
  {
    name: "api-key",
    about: "keys with which programs call served models",
    load: () => import("./api-key/verbs.ts"),
  },
  {
    name: "recipe",
    about: "programs that come with Preceptor",
    load: () => import("./recipe/verbs.ts"),
  },
  { name: "target", about: "places jobs run", load: () => import("./target/verbs.ts") },
  {
    name: "cluster",
    about: "machines of a target that come and go",
    load: () => import("./cluster/verbs.ts"),
  },
  {
    name: "retention",
    about: "what leaves the store, and when",
    load: () => import("./retention/verbs.ts"),
  },
  {
    name: "member",
    about: "people of your organization and their roles",
    load: () => import("./member/verbs.ts"),
  },
  {
    name: "audit",
    about: "the log nobody can edit unnoticed",
    load: () => import("./audit/verbs.ts"),
  },
];
