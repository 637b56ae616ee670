import { defineCommand, noArguments, noOptions } from "../../command.ts";
import { printable } from "../../render/printable.ts";
import { table } from "../../render/table.ts";
import { time } from "../../render/time.ts";

export const apiKeyList = defineCommand({
  usage: "list",
  about: "list the keys of your organization, without their secrets",
  args: noArguments,
  options: noOptions,
  async run({ session, answer, paint }) {
    const { api } = await session();
    const keys = await api.access.apiKeys.query();
    const rows = keys.map((key) => [
      key.id,
      printable(key.name),
      key.start === null ? "–" : `${printable(key.start)}…`,
      key.enabled ? paint("good", "works") : paint("faint", "revoked"),
      key.expiresAt === null ? "never" : time(key.expiresAt),
      time(key.lastUsedAt),
      time(key.createdAt),
    ]);
    answer(
      keys,
      rows.length === 0
        ? "No key. Make one with: preceptor api-key create NAME"
        : table(paint, ["id", "name", "begins", "state", "expires", "last used", "made"], rows),
    );
  },
});
