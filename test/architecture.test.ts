import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { findViolations, medianLines } from "./architecture/rules.ts";
import { reachable, rooms } from "./architecture/rooms.ts";
import { checkout, readSources, roomOf } from "./architecture/source.ts";

const sources = readSources();
const manifests = globSync(["{apps,packages}/*/package.json", "{scripts,test}/package.json"], {
  cwd: checkout,
});
const json = (path: string): Record<string, Record<string, unknown>> =>
  JSON.parse(readFileSync(join(checkout, path), "utf8"));

test("every source keeps to the table of rooms and the folder rules", () => {
  expect(new Set(sources.map(({ path }) => roomOf(path))).size).toBeGreaterThan(8);
  expect(findViolations(sources)).toEqual([]);
});

test("the files are small: half of them under 80 lines", () => {
  expect(medianLines(sources)).toBeLessThan(80);
});

test.each([
  {
    rule: "importsOnlyItsNeighbours",
    path: "packages/domain/src/job.ts",
    text: 'export { connect } from "@preceptor/db";',
  },
  {
    rule: "importsOnlyItsNeighbours",
    path: "apps/api/src/router.ts",
    text: 'import { connect } from "@preceptor/db";',
  },
  {
    rule: "importsOnlyItsNeighbours",
    path: "apps/cli/src/job.ts",
    text: 'import { router } from "@preceptor/api";',
  },
  {
    rule: "importsOnlyItsNeighbours",
    path: "apps/worker/src/loop.ts",
    text: 'const m = await import("@preceptor/tracking");',
  },
  { rule: "importsOnlyItsNeighbours", path: "packages/elsewhere/src/x.ts", text: "" },
  {
    rule: "knowsNoStranger",
    path: "packages/domain/src/job.ts",
    text: 'import { readFileSync } from "node:fs";',
  },
  {
    rule: "knowsNoStranger",
    path: "packages/services/src/job/submit.ts",
    text: 'import {\n  initTRPC,\n} from "@trpc/server";',
  },
  {
    rule: "removesOnlyByRetention",
    path: "packages/services/src/dataset/abandon-upload.ts",
    text: "await ctx.store.remove(name);",
  },
  {
    rule: "waitsByLoading",
    path: "apps/admin/src/features/job/JobsPage.tsx",
    text: 'if (isPending) return <Skeleton h={300} aria-label="Loading" />;',
  },
  {
    rule: "takesAdaptersOnlyInMain",
    path: "apps/worker/src/loop.ts",
    text: 'import { local } from "@preceptor/compute/local";',
  },
  {
    rule: "readsTheEnvironmentOnlyInConfig",
    path: "apps/api/src/server.ts",
    text: "const port = process.env.PORT;",
  },
  {
    rule: "namesNoVendor",
    path: "packages/compute/src/provider.ts",
    text: 'if (provider === "azure-ml") run();',
  },
  {
    rule: "decidesWithoutClockOrChance",
    path: "packages/domain/src/job/advance.ts",
    text: "const now = Date.now();",
  },
  {
    rule: "staysInItsRoom",
    path: "apps/api/src/server.ts",
    text: 'import { x } from "../../worker/src/x.ts";',
  },
  { rule: "staysShort", path: "packages/db/src/x.ts", text: "\n".repeat(401) },
])("a planted breach is found: $rule in $path", ({ rule, path, text }) => {
  expect(findViolations([{ path, text }]).map((violation) => violation.rule)).toContain(rule);
});

test.each([
  {
    why: "main.ts may connect",
    path: "apps/api/src/main.ts",
    text: 'import { connect } from "@preceptor/db";',
  },
  {
    why: "types of the router may be used",
    path: "apps/cli/src/job.ts",
    text: 'import type { AppRouter } from "@preceptor/api";',
  },
  {
    why: "a comment is no code",
    path: "packages/domain/src/job.ts",
    text: '/** as Azure: process.env */ // import "@preceptor/db"\n',
  },
  {
    why: "an adapter folder may name its vendor",
    path: "packages/compute/src/azure-ml/provider.ts",
    text: 'const name = "azure-ml";',
  },
])("and no breach is seen where there is none: $why", ({ path, text }) => {
  expect(findViolations([{ path, text }])).toEqual([]);
});

test("turbo boundaries compares with the same table, and every package carries its tag", () => {
  const tags = json("turbo.json").boundaries?.tags;
  const expected = Object.keys(rooms).map((name) => [
    name,
    { dependencies: { allow: reachable(name) } },
  ]);
  expect(tags).toEqual(Object.fromEntries(expected));
  for (const manifest of manifests) {
    expect(json(join(dirname(manifest), "turbo.json"))).toMatchObject({
      extends: ["//"],
      tags: [roomOf(manifest)],
    });
  }
});

test("a package depends on no room its own table forbids", () => {
  const breaches = manifests.flatMap((manifest) => {
    const { dependencies = {}, devDependencies = {} } = json(manifest);
    const { imports = [], main = [], types = [] } = rooms[roomOf(manifest)] ?? {};
    const allowed = [...imports, ...main, ...types].map((name) => `@preceptor/${name}`);
    const ours = Object.keys({ ...dependencies, ...devDependencies }).filter((name) =>
      name.startsWith("@preceptor/"),
    );
    return ours.filter((name) => !allowed.includes(name)).map((name) => `${manifest}: ${name}`);
  });
  expect(breaches).toEqual([]);
});

test("every room has a README", () => {
  const folders = [...manifests.map((manifest) => dirname(manifest)), "packages/recipes"];
  expect(folders.filter((folder) => !existsSync(join(checkout, folder, "README.md")))).toEqual([]);
});
