import { InviteMember } from "@preceptor/domain";
import { z } from "zod";
import type { Flag } from "../../command.ts";

/** One or more, each by its own flag: a person may be engineer and board member at once. */
export const RoleOption = z.object({ role: InviteMember.shape.roles });
export const roleFlag: Flag = {
  flags: "--role <role>",
  about: "engineer, board, partner, operator or auditor; may be given more than once",
  repeat: true,
};
