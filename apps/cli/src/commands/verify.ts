import { readFile } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { createVerifier, verifyAuditBundle } from "@preceptor/attest";
import { z } from "zod";
import { defineCommand } from "../command.ts";
import { exitCode } from "../exit-code.ts";
import { CliError } from "../failure.ts";
import { plural } from "../render/figure.ts";
import { time } from "../render/time.ts";

/** No server and no sign-in: an auditor needs the file, and the key's id from somebody they trust. */
export const verify = defineCommand({
  usage: "verify <bundle.json>",
  about: "check an exported audit log offline: signatures, order, every entry, every decision",
  args: z.tuple([z.string()]),
  flags: [
    {
      flags: "--key <file-or-id>",
      about: "trust only this key: a public key in PEM, or its id (ed25519:…)",
      repeat: true,
    },
    {
      flags: "--head <file>",
      about:
        "a head of the log that was signed and put away earlier: the log must still lead to it",
      repeat: true,
    },
  ],
  options: z.object({ key: z.array(z.string()).optional(), head: z.array(z.string()).optional() }),
  async run({ io, answer, paint }, [path], { key, head }) {
    const bundle = withHeads(
      await jsonOf(io.cwd, path),
      await Promise.all((head ?? []).map((one) => headOf(io.cwd, one))),
    );
    const trustedKeyIds =
      key && (await Promise.all(key.map((one) => keyIdsOf(io.cwd, one)))).flat();
    const result = verifyAuditBundle(bundle, trustedKeyIds ? { trustedKeyIds } : {});
    const name = basename(path);
    if (!result.ok) {
      answer(result, `${paint("bad", "refused")}  ${name}: ${result.message} (${result.code})`);
      return exitCode.failed;
    }
    const { treeHead, keyIds, pinned } = result;
    const trust = pinned
      ? `The keys were pinned: ${keyIds.join(", ")}.`
      : `The keys were not pinned: this proves the file consistent with itself. Compare ${keyIds.join(", ")} with what the owner published, then run again with --key.`;
    answer(
      result,
      `${paint("good", "verified")}  ${name}: ${plural(result.entries, "entry", "entries")} and ${plural(result.decisions, "decision")} of ${treeHead.origin}, as signed at ${time(treeHead.time)}.\n${trust}`,
    );
    return exitCode.ok;
  },
});

async function jsonOf(cwd: string, path: string): Promise<unknown> {
  const text = await readFile(resolve(cwd, path), "utf8").catch(() => {
    throw invalid("<bundle.json>", `${path} cannot be read; check the path`);
  });
  try {
    return JSON.parse(text);
  } catch {
    throw invalid(
      "<bundle.json>",
      `${path} is not JSON; export it again with: preceptor audit export`,
    );
  }
}

async function headOf(cwd: string, path: string): Promise<string> {
  return readFile(resolve(cwd, path), "utf8").catch(() => {
    throw invalid("--head", `${path} cannot be read; check the path`);
  });
}

/** Heads kept elsewhere stand beside those the file brings: a forger leaves out the ones that tell. */
function withHeads(bundle: unknown, heads: readonly string[]): unknown {
  if (heads.length === 0 || typeof bundle !== "object" || bundle === null) return bundle;
  const brought: unknown = "earlierTreeHeads" in bundle ? bundle.earlierTreeHeads : [];
  return { ...bundle, earlierTreeHeads: [...(Array.isArray(brought) ? brought : []), ...heads] };
}

async function keyIdsOf(cwd: string, given: string): Promise<string[]> {
  if (/^ed25519:[0-9a-f]{16}$/.test(given)) return [given];
  const pem = await readFile(resolve(cwd, given), "utf8").catch(() => {
    throw invalid(
      "--key",
      `${given} is neither a file that can be read nor an id such as ed25519:0123456789abcdef`,
    );
  });
  try {
    return createVerifier([pem]).keys.map(({ keyId }) => keyId);
  } catch {
    throw invalid("--key", `${given} holds no Ed25519 public key in PEM`);
  }
}

const invalid = (field: string, message: string): CliError =>
  new CliError(exitCode.invalid, "The command line is not valid.", [{ field, message }]);
