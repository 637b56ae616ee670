import { exitCode } from "../exit-code.ts";
import { CliError } from "../failure.ts";

export const DEFAULT_URL = "http://127.0.0.1:4600";

/** The server's address without a slash at its end; `field` names where a wrong one came from. */
export function addressOf(text: string, field: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== "")
    throw new CliError(exitCode.invalid, "The address is not valid.", [
      { field, message: "use an address with http or https, e.g. https://preceptor.example.org" },
    ]);
  return `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
}

const loopback = new Set(["127.0.0.1", "localhost", "[::1]"]);
/** A token sent there could be read on the way. */
export const isOpenToReaders = (address: string): boolean => {
  const { protocol, hostname } = new URL(address);
  return protocol === "http:" && !loopback.has(hostname);
};
