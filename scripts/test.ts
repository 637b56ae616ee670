import { runTests } from "./tests.ts";

const { ok, summary } = await runTests(process.argv.slice(2));
console.log(summary);
process.exitCode = ok ? 0 : 1;
