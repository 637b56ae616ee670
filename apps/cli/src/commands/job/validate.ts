import { moneyText } from "@preceptor/domain";
import { z } from "zod";
import { defineCommand } from "../../command.ts";
import { exitCode } from "../../exit-code.ts";
import { CliError } from "../../failure.ts";
import { faultsBesidesCode } from "../../own-code/send.ts";
import { plural } from "../../render/figure.ts";
import { locating, readSpec, specFlags, SpecOptions } from "./spec-file.ts";

export const jobValidate = defineCommand({
  usage: "validate <file.yaml>",
  about: "check a job's file and all it names, and submit nothing",
  args: z.tuple([z.string()]),
  flags: specFlags,
  options: SpecOptions,
  async run(tools, [path], options) {
    const { session, answer } = tools;
    const file = await readSpec(tools, path, options);
    const { api } = await session();
    const result = await locating(file, api.job.validate.query({ spec: file.value }));
    const ours = result.issues.map(({ field, message }) => ({
      field: field.replace(/^spec\./, ""),
      message,
    }));
    // Code that submitting would send is no fault of the file.
    const faults = faultsBesidesCode(file.value, file.local, ours);
    if (faults.length > 0)
      throw new CliError(exitCode.invalid, `${path} is not valid.`, file.locate(faults));
    const toSend = ours.length - faults.length;
    const sent = toSend > 0 ? ` Submitting it sends ${plural(toSend, "file")} of code.` : "";
    const cost = result.cost ? ` It costs at most ${moneyText(result.cost.atMost)}.` : "";
    answer({ ...result, ok: true, issues: [], toSend }, `${path} is valid.${sent}${cost}`);
  },
});
