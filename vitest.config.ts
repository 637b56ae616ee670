import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const globalSetup = ["packages/db/src/testing/server.ts", "test/run-wide/setup.ts"];
/** Factories make each test its own world, so files share what they load: loading it anew for each was a fifth of all work. */
const isolate = false;
const exclude = ["**/node_modules/**", "**/dist/**", "**/.data/**"];
/** What a test has made is dead with the test: a young generation that holds it is seldom searched. MiB. */
const ROOM_TO_LEAVE_GARBAGE = ["--min-semi-space-size=64", "--max-semi-space-size=64"];
/** Rooms without clock, chance, process or database: run alone, they start no server. */
const pure = [
  "packages/{domain,attest,telemetry}/src/**/*.test.ts",
  "apps/admin/src/**/*.test.{ts,tsx}",
];

/** They mostly wait, for a minute and longer: begun last, they would wait alone. */
const LONG =
  /compute-faults|azure\/(secrets|traffic|serving-life|serving-faults|compute-life|preemption)|main-path|preceptor\.test|worker\.test|share\.test/;

class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification): boolean => LONG.test(moduleId);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongFirst },
    // Most tests wait for processes they started, and the walk through the browsers waits longest: two more than there are cores.
    maxWorkers: availableParallelism() + 2,
    projects: [
      // First, and beside the others: it is one long walk that mostly waits for training.
      {
        test: {
          name: "e2e",
          include: ["test/e2e/**/*.test.ts"],
          exclude,
          testTimeout: 600_000,
          hookTimeout: 300_000,
        },
      },
      // Laws are tried with thousands of cases, beside everything else.
      { test: { name: "pure", include: pure, exclude, isolate, testTimeout: 60_000 } },
      {
        test: {
          name: "unit",
          include: [
            "apps/*/src/**/*.test.{ts,tsx}",
            "packages/*/src/**/*.test.ts",
            "scripts/**/*.test.ts",
            "test/**/*.test.ts",
          ],
          exclude: [...exclude, ...pure, "test/e2e/**"],
          globalSetup,
          isolate,
          execArgv: [...ROOM_TO_LEAVE_GARBAGE, "--import", "./scripts/stack/short-resolve.mjs"],
          testTimeout: 90_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
