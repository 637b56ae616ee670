const arm = /\/(?:codes|environments|models)\/([^/]+)\/versions\/([^/]+)$/i;
const short = /^azureml:([^:/]+):([^:/]+)$/;

/** `name:version` of an asset named by its ARM id or in the short form. */
export function idOf(reference: string): string {
  const [, name = "", version = ""] = arm.exec(reference) ?? short.exec(reference) ?? [];
  return `${name}:${version}`;
}
