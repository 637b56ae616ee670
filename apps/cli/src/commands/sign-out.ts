import { defineCommand, noArguments, noOptions } from "../command.ts";
import { forgetCredentials, readCredentials } from "../connection/credentials.ts";
import { signalFor } from "../connection/session.ts";

export const signOut = defineCommand({
  usage: "sign-out",
  about: "end the session and forget its token",
  args: noArguments,
  options: noOptions,
  async run({ io, say, answer }) {
    // A damaged file is forgotten all the same.
    const kept = await readCredentials(io).catch(() => null);
    let ended = false;
    if (kept !== null) {
      const response = await fetch(`${kept.url}/api/auth/sign-out`, {
        method: "POST",
        redirect: "error",
        headers: { authorization: `Bearer ${kept.token}`, "content-type": "application/json" },
        body: "{}",
        signal: signalFor(io),
      }).catch(() => null);
      ended = response?.ok ?? false;
      if (!ended)
        say(`warning: ${kept.url} did not end the session; it ends by itself when it expires.`);
    }
    await forgetCredentials(io);
    answer(
      { signedOut: true, sessionEnded: ended },
      kept === null ? "You were not signed in." : "Signed out; the token is forgotten.",
    );
  },
});
