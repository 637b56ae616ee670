import { z } from "zod";
import { defineCommand, noOptions } from "../../command.ts";
import { count, size } from "../../render/figure.ts";
import { printable } from "../../render/printable.ts";
import { facts, table } from "../../render/table.ts";
import { time } from "../../render/time.ts";
import { MaybeVersioned } from "../../reference.ts";

export const modelShow = defineCommand({
  usage: "show <name[@version]>",
  about: "show a model version: its digest, weights, files and where it was made",
  args: z.tuple([MaybeVersioned]),
  options: noOptions,
  async run({ session, answer, paint }, [reference]) {
    const { api } = await session();
    const page = await api.model.get.query(reference);
    const { version, versions } = page;
    const { tensors, base } = version;
    answer(
      page,
      [
        facts(paint, [
          ["model", `${version.name}@${version.version}`],
          ["description", version.description === "" ? null : printable(version.description)],
          ["digest", version.digest],
          ["base", base === null ? "none" : `${base.name}@${base.version}`],
          [
            "weights",
            tensors &&
              `${count(tensors.parameters)} parameters (${Object.keys(tensors.dtypes).join(", ")}) in ${count(tensors.tensors)} tensors`,
          ],
          ["size", size(version.sizeBytes)],
          ["made by job", `${printable(version.jobName)}  ${version.jobId}`],
          ["registered", `${time(version.createdAt)} by ${printable(version.createdBy.name)}`],
          ["versions", versions.map((one) => one.version).join(", ")],
        ]),
        "",
        table(
          paint,
          ["file", "#size", "sha256"],
          version.files.map((file) => [
            printable(file.path),
            size(file.sizeBytes),
            file.sha256.slice(0, 16),
          ]),
        ),
      ].join("\n"),
    );
  },
});
