import { idOf } from "@preceptor/domain";
import { z } from "zod";
import { defineCommand, noOptions } from "../../command.ts";
import { evaluationText } from "./text.ts";

export const evaluationShow = defineCommand({
  usage: "show <id>",
  about: "show an evaluation: its score with the interval, and what it was computed from",
  args: z.tuple([idOf("evaluation")]),
  options: noOptions,
  async run({ session, answer, paint }, [id]) {
    const { api } = await session();
    const evaluation = await api.evaluation.get.query({ id });
    answer(evaluation, evaluationText(evaluation, paint));
  },
});
