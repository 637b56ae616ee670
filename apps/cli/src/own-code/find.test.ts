import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { aTerminal } from "../testing/a-terminal.ts";

/** A folder with a program in it, things that must not be sent, and a job's file with this `code:`. */
function aFolder(code: string) {
  const terminal = aTerminal({ PRECEPTOR_URL: "http://127.0.0.1:9", PRECEPTOR_TOKEN: "t" });
  const at = (path: string): string => join(terminal.folder, path);
  for (const folder of ["trainer", "plain", "big", "many"]) mkdirSync(at(folder));
  for (const path of ["trainer/train.py", "plain/train.py"]) writeFileSync(at(path), "");
  writeFileSync(at("secret.txt"), "not for anybody");
  writeFileSync(at("big/weights.bin"), "");
  truncateSync(at("big/weights.bin"), 50_000_001);
  for (let n = 0; n <= 1000; n += 1) writeFileSync(at(`many/${n}.py`), "");
  symlinkSync("../secret.txt", at("trainer/link.txt"));
  symlinkSync("plain", at("elsewhere"));
  const text = `name: a-job\nkind: pretrain\ncompute: { target: local }\ncode:\n  command: [python]\n  ${code}\n`;
  writeFileSync(at("job.yaml"), text);
  return terminal;
}

describe("code that is no plain file below the job's file is refused with its field, before the server is asked", () => {
  test.each([
    ["a link in the folder", "folder: trainer", "code.folder: link.txt is a link"],
    ["a folder that is a link", "folder: elsewhere", "code.folder: elsewhere is a link"],
    ["a path through a link", "files: [elsewhere/train.py]", "code.files.0: elsewhere is a link"],
    ["a path that goes up", "files: [plain/train.py, ../x.py]", "code.files.1: ../x.py leaves"],
    ["a folder that goes up", "folder: ../other", "code.folder: ../other leaves the folder"],
    ["an absolute path", "files: [/etc/hostname]", "code.files.0: /etc/hostname leaves"],
    ["a folder among the files", "files: [plain]", "code.files.0: plain is not a plain file"],
    ["a file that is not there", "files: [none.py]", "code.files.0: there is no file none.py"],
    ["a file twice", "files: [plain/train.py, ./plain/train.py]", "plain/train.py is named twice"],
    ["a folder that is not there", "folder: nowhere", "code.folder: there is no folder nowhere"],
    ["both of the two", "folder: plain\n  files: [a.py]", "code.folder: name a folder, or list"],
    ["neither of the two", "requirements: r.txt", "code.folder: name a folder, or list"],
    ["an unknown key", "folder: plain\n  entry: a.py", "code.entry: there is no such field"],
    [
      "requirements that are not there",
      "folder: plain\n  requirements: r.txt",
      "code.requirements: the code has no file r.txt",
    ],
    ["a file over the limit", "folder: big", "code.folder: weights.bin has 50.0 MB"],
    ["too many files", "folder: many", "code.folder: many has more than"],
  ])("%s", async (_name, code, says) => {
    const ran = await aFolder(code).preceptor("job", "submit", "job.yaml");
    expect(ran).toMatchObject({ code: 2, stdout: "" });
    expect(ran.stderr).toMatch(/^error: job\.yaml:\d+:\d+: /);
    expect(ran.stderr).toContain(says);
  });

  test("a plain folder is taken, and a fault elsewhere is told beside one in the code", async () => {
    const sound = await aFolder("folder: ./plain/").preceptor("job", "submit", "job.yaml");
    expect(sound).toMatchObject({ code: 5 });
    const both = await aFolder("folder: 7\nnodes: 2").preceptor("job", "validate", "job.yaml");
    expect(both.stderr).toContain("job.yaml:7:1: nodes: there is no such field");
    expect(both.stderr).toContain("code.folder: must be a text");
  });
});
