import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { environmentFolder } from "./build.ts";
import { findPython } from "./python.ts";

const ask = `
import importlib.util, json, sys
spec = importlib.util.spec_from_file_location("build", sys.argv[1])
build = importlib.util.module_from_spec(spec)
spec.loader.exec_module(build)
print(build.folder_below(sys.argv[2], sys.argv[3], json.loads(sys.argv[4])))
`;

test.each([
  ["none", "", []],
  ["pins with comments of any script", "# für Meridian\r\ntorch==2.13.0\n\tpeft==1 # ✓\n", []],
  ["arguments of pip", "a==1\n", ["--index-url", "https://packages.example/simple?x=1&y=\\"]],
])("who begins without Node names the folder alike: %s", async (_name, requirements, pipArgs) => {
  const folder = mkdtempSync(join(tmpdir(), "preceptor-name-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "requirements.txt");
  writeFileSync(file, requirements);
  const interpreter = await findPython("python3", { PATH: process.env["PATH"] ?? "" });
  const builder = join(import.meta.dirname, "build.py");
  const args = ["-c", ask, builder, folder, file, JSON.stringify(pipArgs)];
  const named = execFileSync(interpreter.path, args, { encoding: "utf8" }).trim();
  expect(named).toBe(environmentFolder(folder, { interpreter, requirements, pipArgs }));
});
