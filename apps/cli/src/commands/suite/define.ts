import { DefineEvaluationSuite } from "@preceptor/domain";
import { z } from "zod";
import { defineCommand, noArguments } from "../../command.ts";
import { readYaml } from "../../yaml/read.ts";
import { locating } from "../job/spec-file.ts";

export const suiteDefine = defineCommand({
  usage: "define",
  about: "define the next version of an evaluation suite",
  args: noArguments,
  flags: [{ flags: "-f, --file <file>", about: "name, recipe, task, test …, as JSON or YAML" }],
  options: z.object({ file: z.string("name the file with --file").min(1) }),
  async run({ io, session, answer }, _args, { file }) {
    const read = await readYaml(io.cwd, file, DefineEvaluationSuite);
    const { api } = await session();
    const suite = await locating(read, api.evaluation.defineSuite.mutate(read.value));
    const reference = `${suite.name}@${suite.version}`;
    answer(
      suite,
      `${reference}  is defined.\nRun it with: preceptor evaluation start MODEL ${reference} --target NAME`,
    );
  },
});
