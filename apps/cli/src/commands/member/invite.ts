import { InviteMember } from "@preceptor/domain";
import { z } from "zod";
import { defineCommand } from "../../command.ts";
import { printable } from "../../render/printable.ts";
import { RoleOption, roleFlag } from "./roles.ts";

export const memberInvite = defineCommand({
  usage: "invite <email>",
  about: "make a one-time link with which somebody becomes a member; nothing is mailed (operators)",
  args: z.tuple([InviteMember.shape.email]),
  flags: [{ flags: "--name <name>", about: "as it is printed on a vote" }, roleFlag],
  options: RoleOption.extend({ name: InviteMember.shape.name }),
  async run({ session, answer, say }, [email], { name, role }) {
    const { api } = await session();
    const { url } = await api.access.invite.mutate({ email, name, roles: role });
    say(`Send this link to ${printable(name)} yourself. It works once, for seven days:`);
    answer({ email, name, roles: role, url }, url);
  },
});
