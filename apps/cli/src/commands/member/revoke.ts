import { InviteMember } from "@preceptor/domain";
import { z } from "zod";
import { defineCommand } from "../../command.ts";
import { exitCode } from "../../exit-code.ts";
import { CliError } from "../../failure.ts";
import { printable } from "../../render/printable.ts";
import { memberBy } from "./find.ts";

export const memberRevoke = defineCommand({
  usage: "revoke <email>",
  about: "end a membership, or an invitation that was not used yet (operators)",
  args: z.tuple([InviteMember.shape.email]),
  flags: [{ flags: "--yes", about: "do it; without this it only says what would happen" }],
  options: z.object({ yes: z.boolean().default(false) }),
  async run({ session, answer }, [email], { yes }) {
    const opened = await session();
    const { access } = opened.api;
    const invited = (await access.invitations.query()).some(
      (one) => one.email === email.toLowerCase(),
    );
    // An invitation is no access yet: taking it back harms nothing and can be made again.
    if (invited) {
      await access.revokeInvitation.mutate({ email });
      return answer({ email, invitation: "revoked" }, `The invitation of ${email} works no more.`);
    }
    const { userId, name, roles } = await memberBy(opened, email);
    if (!yes)
      throw new CliError(
        exitCode.invalid,
        `${printable(name)} (${roles.join(", ")}) would lose all access at once; votes and what they did stay written. Nothing was done; repeat it with --yes.`,
      );
    await access.removeMember.mutate({ userId });
    answer({ email, userId, member: "removed" }, `${printable(name)} is no longer a member.`);
  },
});
