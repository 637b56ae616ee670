import { z } from "zod";
import { defineCommand } from "../../command.ts";
import { downloadVersion, ToFolder, toFlag } from "../../download/version.ts";
import { Versioned } from "../../reference.ts";

export const datasetDownload = defineCommand({
  usage: "download <name@version>",
  about: "save the files of a dataset version, each checked against its digest",
  args: z.tuple([Versioned]),
  flags: [toFlag],
  options: ToFolder,
  async run(tools, [reference], { to }) {
    const session = await tools.session();
    const { version } = await session.api.dataset.get.query(reference);
    await downloadVersion(tools, session, { from: "dataset-version", ...version }, to);
  },
});
