import { moneyText } from "@preceptor/domain";
import { z } from "zod";
import { defineCommand } from "../../command.ts";
import { exitCode } from "../../exit-code.ts";
import { CliError } from "../../failure.ts";
import { locating, readSpec, setFlag } from "./spec-file.ts";

export const jobValidate = defineCommand({
  usage: "validate <file.yaml>",
  about: "check a job's file and all it names, and submit nothing",
  args: z.tuple([z.string()]),
  flags: [setFlag],
  options: z.object({ set: z.array(z.string()).optional() }),
  async run({ io, session, answer }, [path], { set }) {
    const file = await readSpec(io.cwd, path, set);
    const { api } = await session();
    const result = await locating(file, api.job.validate.query({ spec: file.value }));
    if (!result.ok) {
      const ours = result.issues.map(({ field, message }) => ({
        field: field.replace(/^spec\./, ""),
        message,
      }));
      throw new CliError(exitCode.invalid, `${path} is not valid.`, file.locate(ours));
    }
    const cost = result.cost ? ` It costs at most ${moneyText(result.cost.atMost)}.` : "";
    answer(result, `${path} is valid.${cost}`);
  },
});
