import { DefineComputeTarget } from "@preceptor/domain";
import { z } from "zod";
import { defineCommand, noArguments } from "../../command.ts";
import { readYaml } from "../../yaml/read.ts";

export const targetDefine = defineCommand({
  usage: "define",
  about: "define a place jobs may run, or change its settings (operators)",
  args: noArguments,
  flags: [{ flags: "-f, --file <file>", about: "name, provider and settings, as JSON or YAML" }],
  options: z.object({ file: z.string("name the file with --file").min(1) }),
  async run({ io, session, answer }, _args, { file }) {
    const { value } = await readYaml(io.cwd, file, DefineComputeTarget);
    const { api } = await session();
    const target = await api.computeTarget.define.mutate(value);
    answer(
      target,
      `${target.id}  ${target.name} is defined.\nCheck it with: preceptor target check ${target.name}`,
    );
  },
});
