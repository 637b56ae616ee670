import { defineCommand, noArguments, noOptions } from "../command.ts";
import { printable } from "../render/printable.ts";
import { facts } from "../render/table.ts";

export const whoami = defineCommand({
  usage: "whoami",
  about: "show who is signed in, where, and what they may do",
  args: noArguments,
  options: noOptions,
  async run({ session, answer, paint }) {
    const { api, url } = await session();
    const me = await api.access.me.query();
    answer(
      { url, ...me },
      facts(paint, [
        ["name", printable(me.user.name)],
        ["email", printable(me.user.email)],
        ["organization", me.organization === null ? "none" : printable(me.organization.name)],
        ["roles", me.roles.join(", ") || "none"],
        ["server", url],
      ]),
    );
  },
});
