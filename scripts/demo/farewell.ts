import type { Stack } from "../stack.ts";
import type { Walked } from "./main-path.ts";

/** What a newcomer does next: address, who can sign in, what to look at. */
export function farewell(
  stack: Stack,
  walked: Walked,
  summaryFile: string,
  exiting: boolean,
): void {
  console.log(`\nThe whole path is walked. Summary: ${summaryFile}`);
  if (exiting) return;
  console.log(`\nOpen ${stack.apiUrl} and sign in as one of these (all of them invented):`);
  for (const [part, { name, email, password }] of Object.entries(walked.people))
    console.log(`  ${part.padEnd(10)} ${name.padEnd(14)} ${email.padEnd(32)} ${password}`);
  console.log("\nLook at");
  for (const [what, path] of [
    ["the fine-tune: curves, log, attempts, checkpoints", `/jobs/${walked.jobs.fineTune.id}`],
    [
      "base and fine-tune side by side",
      `/compare?ids=${walked.jobs.pretrain.id},${walked.jobs.fineTune.id}`,
    ],
    ["the dossier the board decided on", `/promotions/${walked.promotion.id}`],
    ["what serves now, and where it came from", `/deployments/${walked.deployment.id}`],
    ["every change, in an append-only log", "/audit"],
  ] as const)
    console.log(`  ${what.padEnd(52)} ${stack.apiUrl}${path}`);
  console.log(
    `\nAsk the served model:\n  curl ${stack.gatewayUrl}/v1/chat/completions -H 'authorization: Bearer ${walked.key}' -H 'content-type: application/json' \\\n    -d '{"model":"discharge-summary","max_tokens":12,"messages":[{"role":"user","content":"patient 63 F\\nday 5\\nproblem: gout M10.9\\ngout lab: urate\\ngout medication:"}]}'`,
  );
  console.log("\nCtrl-C stops everything.");
}
