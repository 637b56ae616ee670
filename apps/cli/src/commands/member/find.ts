import { exitCode } from "../../exit-code.ts";
import { CliError } from "../../failure.ts";
import type { Session } from "../../connection/session.ts";

/** People type an address; the server goes by an id. */
export async function memberBy({ api }: Session, email: string) {
  const wanted = email.toLowerCase();
  const member = (await api.access.members.query()).find((one) => one.email === wanted);
  if (member) return member;
  throw new CliError(
    exitCode.notFound,
    `Nobody with the address ${email} is a member. See: preceptor member list`,
  );
}
