import { DefinePolicy } from "@preceptor/domain";
import { z } from "zod";
import { defineCommand, noArguments } from "../../command.ts";
import { readYaml } from "../../yaml/read.ts";
import { locating } from "../job/spec-file.ts";

export const policyDefine = defineCommand({
  usage: "define",
  about: "define the next version of a policy (operators)",
  args: noArguments,
  flags: [{ flags: "-f, --file <file>", about: "name, gates, approvals …, as JSON or YAML" }],
  options: z.object({ file: z.string("name the file with --file").min(1) }),
  async run({ io, session, answer }, _args, { file }) {
    const read = await readYaml(io.cwd, file, DefinePolicy);
    const { api } = await session();
    const policy = await locating(read, api.promotion.definePolicy.mutate(read.value));
    answer(policy, `${policy.name}@${policy.version}  ${policy.digest}`);
  },
});
