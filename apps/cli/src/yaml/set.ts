import { isMap, isScalar, parseDocument, type Document } from "yaml";
import { exitCode } from "../exit-code.ts";
import { CliError } from "../failure.ts";

/** `parameters.learning_rate=1e-4`: sets a value in a document as if the file had said it; the value is read as YAML. */
export function applySettings(document: Document, settings: readonly string[]): void {
  for (const setting of settings) {
    const [, path = "", text = ""] = /^([^=]+)=(.*)$/s.exec(setting) ?? [];
    if (path === "") throw refused(`${setting}: write it as parameters.name=value`);
    const value = parseDocument(text);
    if (value.errors.length > 0) throw refused(`${path}: the value is not YAML`);
    const parts = path.split(".");
    for (let depth = 1; depth < parts.length; depth += 1) {
      const above: unknown = document.getIn(parts.slice(0, depth), true);
      if (above !== undefined && !isMap(above) && !(isScalar(above) && above.value === null))
        throw refused(`${path}: ${parts.slice(0, depth).join(".")} is not a group of fields`);
      if (isScalar(above)) document.deleteIn(parts.slice(0, depth));
    }
    document.setIn(parts, value.toJS());
  }
}

const refused = (message: string): CliError =>
  new CliError(exitCode.invalid, "A setting is not valid.", [{ field: "--set", message }]);
