import { InviteMember } from "@preceptor/domain";
import { z } from "zod";
import { defineCommand } from "../../command.ts";
import { memberBy } from "./find.ts";
import { RoleOption, roleFlag } from "./roles.ts";

export const memberRole = defineCommand({
  usage: "role <email>",
  about: "give a member exactly these roles, in place of those they have (operators)",
  args: z.tuple([InviteMember.shape.email]),
  flags: [roleFlag],
  options: RoleOption,
  async run({ session, answer }, [email], { role }) {
    const opened = await session();
    const { userId, roles: before } = await memberBy(opened, email);
    const member = await opened.api.access.setRoles.mutate({ userId, roles: role });
    answer(member, `${member.email}: ${member.roles.join(", ")} (was ${before.join(", ")})`);
  },
});
