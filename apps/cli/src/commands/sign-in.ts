import { z } from "zod";
import { defineCommand, noArguments } from "../command.ts";
import { addressOf, DEFAULT_URL, isOpenToReaders } from "../connection/address.ts";
import { writeCredentials } from "../connection/credentials.ts";
import { signInByDevice } from "../connection/device-flow.ts";
import { openSession } from "../connection/session.ts";
import { printable } from "../render/printable.ts";
import { duration } from "../render/time.ts";

export const signIn = defineCommand({
  usage: "sign-in",
  about: "sign in with a code that you confirm in a browser",
  args: noArguments,
  flags: [{ flags: "--url <address>", about: `where Preceptor answers (default ${DEFAULT_URL})` }],
  options: z.object({ url: z.string().optional() }),
  async run({ io, say, answer }, _args, options) {
    const url = options.url
      ? addressOf(options.url, "--url")
      : addressOf(io.env["PRECEPTOR_URL"] || DEFAULT_URL, "PRECEPTOR_URL");
    if (isOpenToReaders(url))
      say(`warning: ${url} is not encrypted; anyone on the way can read what you send.`);
    const token = await signInByDevice(io, url, ({ address, code, expiresInSeconds }) => {
      say(
        `Open ${printable(address)}\nand confirm the code ${printable(code)} (valid ${duration(expiresInSeconds * 1000)}).`,
      );
    });
    const env = { ...io.env, PRECEPTOR_URL: url, PRECEPTOR_TOKEN: token };
    const { api } = await openSession({ ...io, env });
    const { user, organization } = await api.access.me.query();
    const path = await writeCredentials(io, { url, token });
    answer(
      { url, user, organization },
      `Signed in at ${url} as ${printable(user.name)} (${printable(user.email)}).\nThe token is in ${path}, readable by you only.`,
    );
  },
});
