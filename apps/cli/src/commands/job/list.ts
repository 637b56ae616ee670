import { jobKinds, jobStatuses } from "@preceptor/domain";
import { z } from "zod";
import { cursorFlag, defineCommand, limitFlag, noArguments, Paging } from "../../command.ts";
import { paintStatus } from "../../render/paint.ts";
import { printable } from "../../render/printable.ts";
import { table } from "../../render/table.ts";
import { lasted, time } from "../../render/time.ts";

export const jobList = defineCommand({
  usage: "list",
  about: "list jobs, newest first",
  args: noArguments,
  flags: [
    { flags: "--status <status>", about: `one of ${jobStatuses.join(", ")}`, repeat: true },
    { flags: "--kind <kind>", about: `one of ${jobKinds.join(", ")}`, repeat: true },
    { flags: "--search <text>", about: "part of the name" },
    limitFlag,
    cursorFlag,
  ],
  options: Paging.extend({
    status: z.array(z.enum(jobStatuses)).optional(),
    kind: z.array(z.enum(jobKinds)).optional(),
    search: z.string().max(100).optional(),
  }),
  async run({ session, answer, paint, io }, _args, options) {
    const { api } = await session();
    const page = await api.job.list.query(options);
    const rows = page.items.map((job) => [
      job.id,
      printable(job.name),
      job.kind,
      paintStatus(paint, job.status),
      job.target,
      String(job.attempts),
      lasted(job.startedAt, job.endedAt, io.now()),
      time(job.createdAt),
      printable(job.submittedBy.name),
    ]);
    const headings = [
      "id",
      "name",
      "kind",
      "status",
      "target",
      "#attempts",
      "#ran",
      "submitted",
      "by",
    ];
    answer(
      page,
      rows.length === 0
        ? "No job. Submit one with: preceptor job submit FILE.yaml"
        : table(paint, headings, rows),
    );
  },
});
