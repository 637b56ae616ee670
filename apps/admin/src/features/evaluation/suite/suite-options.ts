import type { SuiteNow } from "../evaluation-type.ts";

/** Suites to choose from, as they arrive: by name, newest version first. */
export const suiteOptions = (suites: readonly SuiteNow[]) =>
  suites.map((suite) => ({
    value: `${suite.name}@${suite.version}`,
    label: `${suite.title} (${suite.name}@${suite.version})`,
  }));
