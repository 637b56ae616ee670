import { defineCommand, noArguments, noOptions } from "../../command.ts";
import { printable } from "../../render/printable.ts";
import { table } from "../../render/table.ts";
import { time } from "../../render/time.ts";

export const memberList = defineCommand({
  usage: "list",
  about: "list the people of your organization, and who was invited (operators, auditors)",
  args: noArguments,
  options: noOptions,
  async run({ session, answer, paint }) {
    const { api } = await session();
    const [members, invitations] = await Promise.all([
      api.access.members.query(),
      api.access.invitations.query(),
    ]);
    const rows = [
      ...members.map((one) => [
        printable(one.email),
        printable(one.name),
        one.roles.join(", ") || "none",
        `member since ${time(one.createdAt)}`,
      ]),
      ...invitations.map((one) => [
        printable(one.email),
        printable(one.name),
        one.roles.join(", "),
        paint("faint", `invited; the link works until ${time(one.expiresAt)}`),
      ]),
    ];
    answer({ members, invitations }, table(paint, ["email", "name", "roles", "state"], rows));
  },
});
