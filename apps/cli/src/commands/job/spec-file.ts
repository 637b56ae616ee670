import { JobSpec } from "@preceptor/domain";
import type { Flag } from "../../command.ts";
import { CliError, failureOf } from "../../failure.ts";
import { readYaml, type YamlFile } from "../../yaml/read.ts";

export const setFlag: Flag = {
  flags: "--set <field=value>",
  about: "set a field over the file's, e.g. parameters.learning_rate=1e-4",
  repeat: true,
};
export const readSpec = (
  cwd: string,
  path: string,
  settings: readonly string[] | undefined,
): Promise<YamlFile<JobSpec>> => readYaml(cwd, path, JobSpec, settings);

/** What the server says of a field, with the line of the file it came from. */
export async function locating<T>(
  file: Pick<YamlFile<unknown>, "locate">,
  work: Promise<T>,
): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const { code, message, fields } = failureOf(error);
    if (fields.length === 0) throw error;
    const ours = fields.map((fault) => ({ ...fault, field: fault.field.replace(/^spec\./, "") }));
    throw new CliError(code, message, file.locate(ours));
  }
}
