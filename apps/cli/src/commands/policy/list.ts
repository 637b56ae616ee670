import { defineCommand, noArguments, noOptions } from "../../command.ts";
import { printable } from "../../render/printable.ts";
import { table } from "../../render/table.ts";
import { time } from "../../render/time.ts";

export const policyList = defineCommand({
  usage: "list",
  about: "list the rules promotions are judged by",
  args: noArguments,
  options: noOptions,
  async run({ session, answer, paint }) {
    const { api } = await session();
    const policies = await api.promotion.policies.query();
    const rows = policies.map((policy) => [
      `${policy.name}@${policy.version}`,
      printable(policy.title),
      policy.stage,
      String(policy.gates.length),
      String(policy.approvals),
      `${policy.validityDays} d`,
      time(policy.createdAt),
    ]);
    const headings = ["policy", "title", "stage", "#gates", "#approvals", "#holds", "defined"];
    answer(
      policies,
      rows.length === 0
        ? "No policy. An operator defines one with: preceptor policy define --file FILE"
        : table(paint, headings, rows),
    );
  },
});
