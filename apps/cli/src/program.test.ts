import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { exitCode } from "./exit-code.ts";
import { aTerminal } from "./testing/a-terminal.ts";

const nobody = { PRECEPTOR_URL: "http://127.0.0.1:9", PRECEPTOR_TOKEN: "t" };
const vote = ["promotion", "vote", "pro_00000000000000000000000000"];
const valid = "name: a-job\nkind: pretrain\nrecipe: pretrain\ncompute: { target: local }\n";

describe("what is wrong with a command line has its exit code and is named", () => {
  const cases = [
    {
      name: "an unknown command",
      argv: ["jobs"],
      code: exitCode.invalid,
      says: "unknown command 'jobs'",
    },
    {
      name: "a noun without a verb",
      argv: ["job"],
      code: exitCode.invalid,
      says: "Usage: preceptor job",
    },
    {
      name: "an unknown option",
      argv: ["job", "list", "--all"],
      code: exitCode.invalid,
      says: "unknown option '--all'",
    },
    {
      name: "an argument left out",
      argv: ["job", "cancel"],
      code: exitCode.invalid,
      says: "missing required argument 'id'",
    },
    {
      name: "an argument too many",
      argv: ["whoami", "x"],
      code: exitCode.invalid,
      says: "too many arguments",
    },
    {
      name: "an id of another noun",
      argv: ["job", "watch", "mdl_1"],
      code: exitCode.invalid,
      says: "<id>: not a job id",
    },
    {
      name: "a limit that is no number",
      argv: ["job", "list", "--limit", "many"],
      code: exitCode.invalid,
      says: "--limit: give a whole number",
    },
    {
      name: "a status that there is not",
      argv: ["job", "list", "--status", "done"],
      code: exitCode.invalid,
      says: "--status: ",
    },
    {
      name: "a model without its version",
      argv: ["model", "lineage", "meridian"],
      code: exitCode.invalid,
      says: "<name@version>: say which version",
    },
    {
      name: "a dataset without its permit",
      argv: ["dataset", "add", "notes", "."],
      code: exitCode.invalid,
      says: "--permit: ",
    },
    {
      name: "a roll-back without a reason",
      argv: ["deployment", "roll-back", "summary"],
      code: exitCode.invalid,
      says: "--reason: is missing",
    },
    {
      name: "a share of more than everything",
      argv: ["deployment", "share", "summary", "--deployment", "dep_1", "--percent", "101"],
      code: exitCode.invalid,
      says: "--percent: at most 100 %",
    },
    {
      name: "a request for promotion that lacks its policy",
      argv: ["promotion", "request", "--model", "m@1"],
      code: exitCode.invalid,
      says: "--policy: is missing",
    },
    {
      name: "a vote that decides neither way",
      argv: [...vote, "--reason", "I read the whole dossier."],
      code: exitCode.invalid,
      says: "--approve: say either --approve or --reject",
    },
    {
      name: "a vote that decides both ways",
      argv: [...vote, "--approve", "--reject", "--reason", "I read the whole dossier."],
      code: exitCode.invalid,
      says: "--approve: say either --approve or --reject",
    },
    {
      name: "a vote without a reason worth its name",
      argv: [...vote, "--approve", "--reason", "fine"],
      code: exitCode.invalid,
      says: "--reason: say in at least ten characters why",
    },
    {
      name: "a script's vote that does not say what was read",
      argv: [...vote, "--approve", "--reason", "I read the whole dossier.", "--password-stdin"],
      code: exitCode.invalid,
      says: "--dossier: nobody is asked with --password-stdin",
    },
    {
      name: "a password as an argument",
      argv: [...vote, "--approve", "--password", "x"],
      code: exitCode.invalid,
      says: "unknown option '--password'",
    },
    {
      name: "one job compared with none",
      argv: ["job", "compare", "job_00000000000000000000000000"],
      code: exitCode.invalid,
      says: "<ids>: name two to five jobs",
    },
    {
      name: "a job among those compared that is none",
      argv: ["job", "compare", "job_00000000000000000000000000", "mdl_1"],
      code: exitCode.invalid,
      says: "<ids>: not a job id",
    },
    {
      name: "a model without its version to compare",
      argv: ["evaluation", "compare", "summary"],
      code: exitCode.invalid,
      says: "write each as name@version or as the id of an evaluation",
    },
    {
      name: "an evaluation compared with a model",
      argv: ["evaluation", "compare", "evl_00000000000000000000000000", "base@1"],
      code: exitCode.invalid,
      says: "an evaluation is compared with another evaluation's id",
    },
    {
      name: "a key that lasts no time",
      argv: ["api-key", "create", "ward", "--expires-in-days", "0"],
      code: exitCode.invalid,
      says: "--expires-in-days: give a whole number from 1 to 730",
    },
    {
      name: "a verb that is nearly one",
      argv: ["promotion", "votes"],
      code: exitCode.invalid,
      says: "(Did you mean vote?)",
    },
    {
      name: "a file that is not there",
      argv: ["job", "submit", "none.yaml"],
      code: exitCode.invalid,
      says: "none.yaml cannot be read",
    },
    {
      name: "a cluster that keeps more nodes than it may have",
      argv: ["cluster", "resize", "cloud", "a100", "--min", "3", "--max", "2"],
      code: exitCode.invalid,
      says: "minNodes: must not be more than the most nodes",
    },
    {
      name: "a deletion nobody confirmed",
      argv: ["cluster", "delete", "cloud", "a100"],
      code: exitCode.invalid,
      says: "Nothing was done; repeat it with --yes.",
    },
    {
      name: "an invitation without a role",
      argv: ["member", "invite", "ida@example.org", "--name", "Ida"],
      code: exitCode.invalid,
      says: "--role: is missing",
    },
    {
      name: "a role that there is not",
      argv: ["member", "role", "ida@example.org", "--role", "admin"],
      code: exitCode.invalid,
      says: "--role: ",
    },
    {
      name: "an address without http",
      argv: ["sign-in", "--url", "preceptor"],
      code: exitCode.invalid,
      says: "--url: use an address",
    },
  ];
  test.each(cases)("$name", async ({ argv, code, says }) => {
    const ran = await aTerminal(nobody).preceptor(...argv);
    expect(ran).toMatchObject({ code, stdout: "", stderr: expect.stringContaining(says) });
  });
});

test("a target's file is checked before it is sent: every fault with its line", async () => {
  const terminal = aTerminal(nobody);
  writeFileSync(
    join(terminal.folder, "target.yaml"),
    "name: cloud\nprovider: azure-ml\nsettings:\n  maxNodes: 0\n",
  );
  const ran = await terminal.preceptor("target", "define", "--file", "target.yaml");
  expect(ran).toMatchObject({ code: exitCode.invalid, stdout: "" });
  expect(ran.stderr).toContain("target.yaml:4:3: settings.maxNodes: must be at least 1");
  expect(ran.stderr).toContain("target.yaml:3:1: settings.diskQuotaBytes: is missing");
});

describe("who cannot be asked", () => {
  test("nobody signed in: exit code 3 and what to run", async () => {
    expect(await aTerminal().preceptor("whoami")).toMatchObject({
      code: exitCode.notAllowed,
      stderr: "error: You are not signed in. Run: preceptor sign-in\n",
    });
  });

  test("a server that does not answer: exit code 5, as JSON too where it was asked for", async () => {
    const ran = await aTerminal(nobody).preceptor("job", "list", "--json");
    expect(ran.code).toBe(exitCode.unreachable);
    expect(JSON.parse(ran.stdout)).toMatchObject({ error: { exitCode: 5, fields: [] } });
  });

  test("a job whose acceptance is not known: the key to ask again with is told", async () => {
    const terminal = aTerminal(nobody);
    writeFileSync(join(terminal.folder, "job.yaml"), valid);
    const ran = await terminal.preceptor(
      "job",
      "submit",
      "job.yaml",
      "--idempotency-key",
      "night-run-7",
    );
    expect(ran).toMatchObject({
      code: exitCode.unreachable,
      stderr: expect.stringContaining("--idempotency-key night-run-7"),
    });
  });

  test("a token kept for one server is not shown to another", async () => {
    const { writeCredentials } = await import("./connection/credentials.ts");
    const terminal = aTerminal({ PRECEPTOR_URL: "http://127.0.0.1:9" });
    await writeCredentials(
      { ...terminalIo, home: terminal.folder },
      { url: "http://127.0.0.1:4600", token: "t" },
    );
    expect(await terminal.preceptor("whoami")).toMatchObject({
      code: exitCode.notAllowed,
      stderr: expect.stringContaining("You are signed in at http://127.0.0.1:4600"),
    });
  });
});
const terminalIo = {
  env: {},
  home: "",
  cwd: "",
  stdout: { write() {}, live: false, columns: 80, rows: 40, colour: false },
  stderr: { write() {}, live: false, columns: 80, rows: 40, colour: false },
  stdin: { secret: async () => null, firstLine: async () => "" },
  now: () => new Date(),
  stopped: new AbortController().signal,
};

test("help is no error", async () => {
  const ran = await aTerminal().preceptor("job", "submit", "--help");
  expect(ran).toMatchObject({
    code: 0,
    stderr: "",
    stdout: expect.stringContaining("--idempotency-key"),
  });
});
