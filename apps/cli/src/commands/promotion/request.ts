import { faultsOf, RequestPromotion } from "@preceptor/domain";
import { z } from "zod";
import { defineCommand, type Flag } from "../../command.ts";
import { exitCode } from "../../exit-code.ts";
import { CliError } from "../../failure.ts";
import { readYaml, type YamlFile } from "../../yaml/read.ts";
import { locating } from "../job/spec-file.ts";
import { promotionText } from "./text.ts";

const flags: readonly Flag[] = [
  { flags: "--model <name@version>", about: "which model" },
  { flags: "--purpose <name>", about: "what it is for; also the name it is served under" },
  { flags: "--policy <name@version>", about: "the rules it is judged by" },
  { flags: "--intended-use <text>", about: "what it is to be used for" },
  { flags: "--not-for <text>", about: "what it is not to be used for" },
  { flags: "--risks <text>", about: "known risks" },
  { flags: "--target <name>", about: "compute target that will serve it" },
  { flags: "--share <n>", about: "percent of the requests it begins with; all unless said" },
];
const Options = z.object({
  model: z.string().optional(),
  purpose: z.string().optional(),
  policy: z.string().optional(),
  intendedUse: z.string().optional(),
  notFor: z.string().optional(),
  risks: z.string().optional(),
  target: z.string().optional(),
  share: z.coerce.number().optional(),
});

export const promotionRequest = defineCommand({
  usage: "request [file.yaml]",
  about: "ask the board to let a model serve, with a file or with options",
  args: z.union([z.tuple([z.string()]), z.tuple([])]),
  flags,
  options: Options,
  async run({ io, session, answer, paint }, [path], options) {
    const file = path === undefined ? fromOptions(options) : await fromFile(io.cwd, path, options);
    const { api } = await session();
    const input = { ...file.value, model: asReference(file.value.model) };
    const promotion = await locating(file, api.promotion.request.mutate(input));
    answer(promotion, promotionText(promotion, paint));
  },
});

async function fromFile(cwd: string, path: string, options: z.infer<typeof Options>) {
  if (Object.values(options).some((value) => value !== undefined))
    throw new CliError(exitCode.invalid, "Give a file or options, not both.");
  return readYaml(cwd, path, RequestPromotion);
}

function fromOptions(options: z.infer<typeof Options>): YamlFile<RequestPromotion> {
  const result = RequestPromotion.safeParse(options);
  if (result.success) return { value: result.data, locate: (faults) => faults.map(asFlag) };
  throw new CliError(
    exitCode.invalid,
    "The request is not complete.",
    faultsOf(result.error).map(asFlag),
  );
}

const asFlag = <F extends { readonly field: string }>(fault: F): F => ({
  ...fault,
  field: `--${fault.field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
});
const asReference = (model: string): string => (model.includes("://") ? model : `model://${model}`);
