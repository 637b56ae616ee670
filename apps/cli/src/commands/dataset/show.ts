import { z } from "zod";
import { defineCommand, noOptions } from "../../command.ts";
import { count, size } from "../../render/figure.ts";
import { printable } from "../../render/printable.ts";
import { facts, table } from "../../render/table.ts";
import { time } from "../../render/time.ts";
import { MaybeVersioned } from "../../reference.ts";

export const datasetShow = defineCommand({
  usage: "show <name[@version]>",
  about: "show a dataset version: its splits, permit and digest",
  args: z.tuple([MaybeVersioned]),
  options: noOptions,
  async run({ session, answer, paint }, [reference]) {
    const { api } = await session();
    const page = await api.dataset.get.query(reference);
    const { version, versions } = page;
    const splits = version.splits.map((split) => [
      `dataset://${version.name}@${version.version}/${split.name}`,
      count(split.files),
      count(split.rows),
      count(split.subjects),
      size(split.sizeBytes),
    ]);
    answer(
      page,
      [
        facts(paint, [
          ["dataset", `${version.name}@${version.version}`],
          ["description", version.description === "" ? null : printable(version.description)],
          ["digest", version.digest],
          ["permit", `${version.permit.deIdentification}: ${printable(version.permit.statement)}`],
          [
            "expires",
            version.permit.expiresAt === undefined ? null : time(version.permit.expiresAt),
          ],
          ["patient field", version.subjectField],
          ["registered", `${time(version.createdAt)} by ${printable(version.createdBy.name)}`],
          ["versions", versions.map((one) => one.version).join(", ")],
        ]),
        "",
        table(paint, ["split", "#files", "#rows", "#patients", "#size"], splits),
      ].join("\n"),
    );
  },
});
