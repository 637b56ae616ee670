import { imageChoices, machineChoices, Name, type Machine } from "@preceptor/domain";
import { z } from "zod";
import { defineCommand, noOptions } from "../../command.ts";
import { failureOf } from "../../failure.ts";
import { count, plural, size } from "../../render/figure.ts";
import { printable } from "../../render/printable.ts";
import { facts } from "../../render/table.ts";
import { time } from "../../render/time.ts";
import { priceText } from "./list.ts";

export const targetShow = defineCommand({
  usage: "show <target>",
  about: "show one target, its settings and the room it has now",
  args: z.tuple([Name]),
  options: noOptions,
  async run({ session, answer, paint, say }, [target]) {
    const { api } = await session();
    const found = await api.computeTarget.get.query({ target });
    const capacity = await api.computeTarget.capacity.query({ target }).catch((error: unknown) => {
      say(`Its room is not known: ${printable(failureOf(error).message)}`);
      return null;
    });
    const { settings } = found;
    const { maxNodes, maxProcessesPerNode, diskQuotaBytes, logLimitBytes, ...place } = settings;
    answer(
      { ...found, capacity },
      facts(paint, [
        ["name", found.name],
        ["kind", found.provider],
        ["id", found.id],
        [
          "largest job",
          `${plural(maxNodes, "node")} × ${plural(maxProcessesPerNode, "process", "processes")}`,
        ],
        ["disk an attempt may fill", size(diskQuotaBytes)],
        ["log kept of each process", size(logLimitBytes)],
        ["a node and hour", priceText(settings)],
        ...Object.values(place).flatMap(placeFacts),
        ...machineChoices(settings).slice(1).map(machineFact),
        ...imageChoices(settings)
          .slice(1)
          .map((image) => ["jobs may choose", printable(image)] as const),
        ["running now", capacity && count(capacity.running)],
        ["CPU cores", capacity && capacity.cpuCores > 0 ? count(capacity.cpuCores) : null],
        ["GPUs", capacity && count(capacity.gpus)],
        ["free disk", capacity && capacity.freeDiskBytes > 0 ? size(capacity.freeDiskBytes) : null],
        ["defined", time(found.createdAt)],
      ]),
    );
  },
});

/** Where it is, in the words its file has; lists and groups are for --json. */
const placeFacts = (place: object | undefined): (readonly [string, string])[] =>
  Object.entries(place ?? {}).flatMap(([name, value]) =>
    typeof value === "string" ? [[name, printable(value)] as const] : [],
  );

const machineFact = ({ instanceType, tier, cluster }: Machine): readonly [string, string] => [
  "jobs may choose",
  [instanceType, tier, cluster === null ? "started for the job alone" : `cluster ${cluster}`]
    .filter((part) => part !== null)
    .map(printable)
    .join(", "),
];
