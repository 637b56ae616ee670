import { accessSync, constants, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** How to run a Postgres program: as ourselves, or, when we are root, as somebody else (Postgres refuses root). */
export type RunAs = {
  uid: number | undefined;
  gid: number | undefined;
  /** Put before the program and its arguments; empty when a plain spawn with `uid` and `gid` is enough. */
  prefix: readonly string[];
};

/** Decides who runs Postgres. `folders` are those it must be able to reach: its programs and the parent of its data. */
export function chooseUser(folders: readonly string[]): RunAs {
  if (process.getuid?.() !== 0) return { uid: undefined, gid: undefined, prefix: [] };
  const user = unprivilegedUser(readFileSync("/etc/passwd", "utf8"));
  const closed = folders
    .map((folder) => closedParent(resolve(folder)))
    .find((folder) => folder !== undefined);
  if (closed === undefined) return { ...user, prefix: [] };
  // A checkout under /root is closed to others. The ambient capability lets the unprivileged server pass through
  // without opening the folder to anybody else.
  const setpriv = findProgram("setpriv");
  if (setpriv === undefined) {
    throw new Error(
      `Postgres must not run as root and user ${user.uid} cannot pass through ${closed}: ` +
        "run as an ordinary user, set PRECEPTOR_DATA_DIR and the checkout to a folder others may enter, or set DATABASE_URL.",
    );
  }
  const { uid, gid } = user;
  // access(2), by which initdb looks for its programs, heeds ambient capabilities only with this bit.
  const bits = "--securebits=+no_setuid_fixup";
  const prefix = [setpriv, `--reuid=${uid}`, `--regid=${gid}`, "--clear-groups", bits];
  return {
    uid,
    gid,
    prefix: [...prefix, "--inh-caps=+dac_override", "--ambient-caps=+dac_override", "--"],
  };
}

/** `postgres` where the machine has it, else `nobody`: initdb insists on a user that has a name. */
export function unprivilegedUser(passwd: string): { uid: number; gid: number } {
  const rows = passwd.split("\n").map((line) => line.split(":"));
  const row = ["postgres", "nobody"].flatMap((name) =>
    rows.filter((cells) => cells[0] === name),
  )[0];
  const [uid, gid] = [Number(row?.[2]), Number(row?.[3])];
  if (row === undefined || !Number.isInteger(uid) || !Number.isInteger(gid)) {
    throw new Error(
      "Postgres must not run as root and this machine has no user `postgres` or `nobody`: add one, or set DATABASE_URL.",
    );
  }
  return { uid, gid };
}

/** The outermost folder on the way that others may not enter, if there is one. */
function closedParent(folder: string): string | undefined {
  const above = dirname(folder);
  const outer = above === folder ? undefined : closedParent(above);
  return outer ?? ((statSync(folder).mode & 0o001) === 0 ? folder : undefined);
}

function findProgram(name: string): string | undefined {
  const places = ["/usr/bin", "/bin", "/usr/sbin", "/sbin", "/usr/local/bin"];
  return places
    .map((place) => join(place, name))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}
