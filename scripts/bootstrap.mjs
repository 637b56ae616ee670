// The only file that runs on whatever Node the machine has (20 or newer): it installs what is missing and hands over
// to the pinned Node. Plain JavaScript without dependencies, because nothing is installed yet.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
// As a namespace: an old Node lacks some of these names, and it must get as far as being told so.
import * as fs from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const COMMANDS = ["demo", "start", "dev", "test", "verify", "bench", "fake-azure"];
// A demonstration builds a Python environment; starting needs the database and room for what it writes at once.
const NEEDED_BYTES = { demo: 3e9, start: 5e8, dev: 5e8 };
const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const modules = join(root, "node_modules");
const pinnedNode = join(modules, ".bin", process.platform === "win32" ? "node.cmd" : "node");

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

function checkNode() {
  if (Number(process.versions.node.split(".")[0]) >= 20) return;
  fail(`Node ${process.versions.node} is too old: install Node 20 or newer (https://nodejs.org).`);
}

function checkDataFolder(command) {
  const folder = resolve(process.env.PRECEPTOR_DATA_DIR ?? join(root, ".data"));
  try {
    fs.mkdirSync(folder, { recursive: true, mode: 0o711 });
    fs.accessSync(folder, fs.constants.W_OK);
    fs.writeFileSync(join(folder, ".write-check"), "");
  } catch (error) {
    if (error.code === "ENOSPC")
      fail(
        `The disk that holds ${folder} is full: free some space, or set PRECEPTOR_DATA_DIR to another disk.`,
      );
    fail(
      `The data folder ${folder} cannot be written (${error.code}): give this user write access, or set PRECEPTOR_DATA_DIR.`,
    );
  }
  const { bavail, bsize } = fs.statfsSync(folder);
  const free = bavail * bsize;
  const needed = NEEDED_BYTES[command] ?? 0;
  if (free < needed) {
    fail(
      `Only ${(free / 1e9).toFixed(1)} GB are free for ${folder} and ${command} needs ${needed / 1e9} GB: free some space, or set PRECEPTOR_DATA_DIR to another disk.`,
    );
  }
}

/** Jobs are Python programs: without Python the demo cannot train, the rest only warns. */
function checkPython(command) {
  if (command !== "demo" && command !== "start" && command !== "dev") return;
  const program = process.env.PRECEPTOR_PYTHON ?? "python3";
  const { stdout } = spawnSync(
    program,
    ["-c", "import sys; print(sys.version_info[0] * 100 + sys.version_info[1])"],
    { encoding: "utf8" },
  );
  if (Number(stdout) >= 310) return;
  const found = stdout ? `${program} is older than 3.10` : `${program} was not found`;
  const sentence = `Jobs need Python 3.10 or newer and ${found}: install it, or set PRECEPTOR_PYTHON to one.`;
  if (command === "demo") fail(sentence);
  console.warn(sentence);
}

/** What only these need is a project of its own: it has more packages than all the rest. */
const needsTools = (command, args) =>
  ["test", "verify", "bench", "fake-azure"].includes(command) ||
  (command === "demo" && args.some((arg) => arg.endsWith("azure-fake")));

function lockDigest(folder) {
  const lock = join(folder, "package-lock.json");
  if (!fs.existsSync(lock))
    fail(`${relative(root, lock)} is missing: this is not a whole checkout, clone it again.`);
  const about = `${process.platform}-${process.arch}\n`;
  return createHash("sha256").update(about).update(fs.readFileSync(lock)).digest("hex");
}

/** Whether node_modules already holds what the lockfile says, as after a developer's own `npm install`. */
function alreadyInstalled(folder) {
  try {
    const read = (path) => JSON.parse(fs.readFileSync(join(folder, path), "utf8")).packages;
    const [wanted, present] = [
      read("package-lock.json"),
      read(join("node_modules", ".package-lock.json")),
    ];
    return Object.entries(wanted).every(([path, { version, optional, devOptional, peer }]) => {
      if (!path.includes("node_modules/")) return true;
      if (present[path] === undefined) return Boolean(optional || devOptional || peer);
      return present[path].version === version && fs.existsSync(join(folder, path));
    });
  } catch {
    return false;
  }
}

/** Installs one npm project as its lockfile has it, once per change of the file. */
function install(folder) {
  const marker = join(folder, "node_modules", ".preceptor-lock");
  const digest = lockDigest(folder);
  const done = fs.existsSync(marker) && fs.readFileSync(marker, "utf8") === digest;
  if ((folder !== root || fs.existsSync(pinnedNode)) && (done || alreadyInstalled(folder))) {
    if (!done) fs.writeFileSync(marker, digest);
    return;
  }
  const name = relative(root, join(folder, "package-lock.json"));
  console.log(`Installing packages (npm ci), once per change of ${name} …`);
  // What the cache knows of a package is asked again only where that is not enough: a good third of the time.
  if (npmCi(folder, "--prefer-offline") !== 0 && npmCi(folder) !== 0)
    fail(
      `npm ci failed in ${folder}: see its message above; a registry that answers and a writable checkout are needed.`,
    );
  if (!fs.existsSync(pinnedNode))
    fail(
      "The pinned Node is missing after npm ci: allow install scripts (npm config get ignore-scripts must say false) and run `npm rebuild node`.",
    );
  fs.writeFileSync(marker, digest);
}

/**
 * The longest wait of a first demonstration is the recipes' Python environment: it begins while packages are installed. The first job waits
 * for it, and if nothing came of it builds it again and says why. Ended with this process, with all it started.
 */
function beginEnvironment() {
  const folder = resolve(process.env.PRECEPTOR_DATA_DIR ?? join(root, ".data"));
  const builder = join(root, "packages", "python-environment", "src", "build.py");
  const requirements = join(root, "packages", "recipes", "requirements.txt");
  const args = ["-u", builder, "--below", join(folder, "work", "environments"), requirements, "[]"];
  const python = process.env.PRECEPTOR_PYTHON ?? "python3";
  const building = spawn(python, args, { stdio: "ignore", detached: true });
  building.on("error", () => {});
  process.on("exit", () => {
    try {
      if (building.exitCode === null && building.pid) process.kill(-building.pid);
    } catch {
      // It has ended already.
    }
  });
}

function npmCi(folder, ...flags) {
  const viaNpm = process.env.npm_execpath;
  const args = ["ci", "--no-audit", "--no-fund", ...flags];
  const [program, all] = viaNpm?.endsWith("js")
    ? [process.execPath, [viaNpm, ...args]]
    : ["npm", args];
  // A production environment would leave out the tools that run everything below.
  const env = { ...process.env, NODE_ENV: "development", npm_config_omit: "" };
  const { error, status, signal } = spawnSync(program, all, {
    cwd: folder,
    stdio: "inherit",
    env,
    shell: process.platform === "win32",
  });
  if (error?.code === "ENOENT")
    fail("npm was not found: install it with Node (https://nodejs.org).");
  if (signal !== null) process.exit(130);
  return status;
}

function handOver(command, args) {
  const env = {
    ...process.env,
    PATH: `${join(modules, ".bin")}${process.platform === "win32" ? ";" : ":"}${process.env.PATH}`,
  };
  const shortResolve = join(root, "scripts", "stack", "short-resolve.mjs");
  const script = join(root, "scripts", `${command}.ts`);
  const child = spawn(pinnedNode, ["--import", shortResolve, script, ...args], {
    stdio: "inherit",
    env,
  });
  // In a terminal the child gets Ctrl-C itself as well; it takes the second for the same wish.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"])
    process.on(signal, () => child.kill(signal));
  child.on("error", (error) =>
    fail(`The pinned Node does not run (${error.message}): delete node_modules and try again.`),
  );
  child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 143)));
}

const [command = "", ...args] = process.argv.slice(2);
checkNode();
if (!COMMANDS.includes(command))
  fail(`Unknown command ${command || "(none)"}: use one of ${COMMANDS.join(", ")}.`);
checkDataFolder(command);
checkPython(command);
if (command === "demo") beginEnvironment();
install(root);
if (needsTools(command, args)) install(join(root, "test", "tools"));
handOver(command, args);
