import { defineConfig } from "vitest/config";

const globalSetup = ["packages/db/src/testing/server.ts"];
const exclude = ["**/node_modules/**", "**/dist/**", "**/.data/**"];

export default defineConfig({
  test: {
    // Most tests wait for processes they started: one core is not left free for the runner.
    maxWorkers: "100%",
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
      {
        test: {
          name: "unit",
          include: [
            "apps/*/src/**/*.test.{ts,tsx}",
            "packages/*/src/**/*.test.ts",
            "scripts/**/*.test.ts",
            "test/**/*.test.ts",
          ],
          exclude: [...exclude, "test/e2e/**"],
          globalSetup,
          execArgv: ["--import", "./scripts/stack/short-resolve.mjs"],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
