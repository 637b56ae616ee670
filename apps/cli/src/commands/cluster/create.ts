import { CreateCluster, Name, tiers } from "@preceptor/domain";
import { z } from "zod";
import { defineCommand } from "../../command.ts";
import { hourlyText, Size, sizeFlags, sizeOf } from "./text.ts";

export const clusterCreate = defineCommand({
  usage: "create <target> <cluster>",
  about:
    "create a cluster (operators); it costs nothing until nodes start, unless --min keeps some",
  args: z.tuple([Name, z.string()]),
  flags: [
    { flags: "--machine <type>", about: "kind of machine, by the provider's name" },
    { flags: "--tier <tier>", about: `${tiers.join(" or ")} (default dedicated)` },
    ...sizeFlags,
    { flags: "--subnet <id>", about: "network, by the provider's id" },
    { flags: "--identity <id>", about: "managed identity, by the provider's id" },
  ],
  options: Size.extend({
    machine: z.string("name the kind of machine"),
    tier: z.enum(tiers).default("dedicated"),
    subnet: z.string().optional(),
    identity: z.string().optional(),
  }),
  async run({ session, answer }, [target, cluster], { machine, tier, subnet, identity, ...size }) {
    const wanted = CreateCluster.parse({
      target,
      cluster,
      instanceType: machine,
      tier,
      subnet: subnet ?? null,
      identity: identity ?? null,
      ...sizeOf(size),
    });
    const open = await session();
    const made = await open.api.cluster.create.mutate(wanted);
    const cost = await hourlyText(open, target, made);
    answer(made, `${made.name} is ${made.state}: ${made.minNodes}–${made.maxNodes} nodes${cost}.`);
  },
});
