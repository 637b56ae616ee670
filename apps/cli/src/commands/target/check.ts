import { CheckComputeTarget, Name } from "@preceptor/domain";
import { z } from "zod";
import { defineCommand } from "../../command.ts";
import { exitCode } from "../../exit-code.ts";
import { printable } from "../../render/printable.ts";

export const targetCheck = defineCommand({
  usage: "check <target>",
  about:
    "find what would keep a job from starting there, without starting one; exit code 1 if anything",
  args: z.tuple([Name]),
  flags: [
    { flags: "--nodes <n>", about: "that many at once (default: the target's most)" },
    { flags: "--machine <type>", about: "for a job that names it in compute.instanceType" },
    { flags: "--tier <tier>", about: "dedicated or spot (default, with a machine: dedicated)" },
    { flags: "--image <image>", about: "for a job that names it in compute.image" },
  ],
  options: CheckComputeTarget.pick({ tier: true, image: true }).extend({
    nodes: z.coerce.number().int().min(1).max(512).optional(),
    machine: CheckComputeTarget.shape.instanceType,
  }),
  async run({ session, answer, paint }, [target], { machine, ...wanted }) {
    const { api } = await session();
    const problems = await api.computeTarget.check.query({
      target,
      ...wanted,
      ...(machine === undefined ? {} : { instanceType: machine }),
    });
    answer(
      { target, problems },
      problems.length === 0
        ? paint("good", `Nothing was found that would keep a job from starting on ${target}.`)
        : problems
            .map(({ kind, message }) => `${paint("bad", kind)}  ${printable(message)}`)
            .join("\n"),
    );
    return problems.length === 0 ? exitCode.ok : exitCode.failed;
  },
});
