import { createRequire } from "node:module";
import { join, resolve } from "node:path";

/** An npm project of its own: it would be more than half of the workspaces' packages, and what runs or is built needs none of it. */
const tools = resolve(import.meta.dirname, "../../../../test/tools");

/** Path of a file of a package that only tests and the fake cloud need, e.g. `azurite/dist/src/blob/main.js`. */
export function toolFile(specifier: string): string {
  try {
    return createRequire(join(tools, "package.json")).resolve(specifier);
  } catch (error) {
    throw new Error(
      `${specifier} is not installed: run \`npm ci --prefix test/tools\` in the checkout (\`npm test\` does it by itself).`,
      { cause: error },
    );
  }
}
