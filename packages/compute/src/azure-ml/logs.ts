import { readLinked, type LinkedBytes, inOurWords, orNull } from "@preceptor/azure";
import { DomainError } from "@preceptor/domain";
import type { LogChunk } from "../provider.ts";
import { tornTail } from "../utf8.ts";
import type { JobBook } from "./job-book.ts";
import type { Place } from "./place.ts";
import { readRunDetails } from "./run-details.ts";
import { droppedBytesOf } from "./state-folder.ts";
import { isEnd } from "./status.ts";

const mostBytes = 1024 * 1024;
/** Room for one character of four bytes: a smaller limit could never move on. */
const leastBytes = 4;
/** Signed links live for hours; which logs there are changes while a job begins. */
const linksFreshMs = 60_000;
const namesFreshMs = 3000;
const endedFreshMs = 5000;
const linksKept = 500;

export interface LogBook {
  list(attemptId: string): Promise<readonly string[]>;
  read(attemptId: string, log: string, offset: number, limitBytes: number): Promise<LogChunk>;
}
type Links = ReadonlyMap<string, string>;

/** `node-<rank>` is what the process of that rank printed, `environment` how its image was built. */
export function logLinks(files: Readonly<Record<string, string>>): Links {
  const links = Object.entries(files).flatMap(([path, link]): [string, string][] => {
    const [, rank] = /^user_logs\/std_log(?:_process_(\d+))?\.txt$/.exec(path) ?? [];
    if (path === "user_logs/std_log.txt" || rank !== undefined)
      return [[`node-${Number(rank ?? 0)}`, link]];
    return /(^|\/)(\d+_)?image_build_log\.txt$/.test(path) ? [["environment", link]] : [];
  });
  return new Map(links);
}

export function makeLogBook(place: Place, jobs: JobBook): LogBook {
  const known = new Map<string, { atMs: number; links: Links }>();
  const linksOf = async (attemptId: string, freshMs: number): Promise<Links> => {
    const found = known.get(attemptId);
    if (found && place.nowMs() - found.atMs < freshMs) return found.links;
    const details = await orNull(readRunDetails(place, attemptId)).catch((error: unknown) => {
      throw inOurWords(error);
    });
    const links = logLinks(details?.logFiles ?? {});
    remember(known, attemptId, { atMs: place.nowMs(), links });
    return links;
  };
  const counted = new Map<string, { atMs: number; bytes: Promise<number> }>();
  /** Counted by the bootstrap: what a log did not keep stands beside it. Several who watch one log ask once. */
  const dropped = async (attemptId: string, log: string, ended: boolean): Promise<number> => {
    const [, rank] = /^node-(\d+)$/.exec(log) ?? [];
    if (rank === undefined) return 0;
    const key = `${attemptId} ${log} ${ended}`;
    const found = counted.get(key);
    if (found && (ended || place.nowMs() - found.atMs < namesFreshMs)) return found.bytes;
    const bytes = droppedBytesOf(place, attemptId, Number(rank)).catch(() => {
      counted.delete(key);
      return 0;
    });
    remember(counted, key, { atMs: place.nowMs(), bytes });
    return bytes;
  };

  return {
    async list(attemptId) {
      const names = [...(await linksOf(attemptId, namesFreshMs)).keys()];
      return names.sort((a, b) => order(a).localeCompare(order(b), "en", { numeric: true }));
    },
    async read(attemptId, log, offset, limitBytes) {
      const lengthBytes = Math.min(mostBytes, Math.max(leastBytes, limitBytes));
      // The job is looked at before its log: what it calls ended cannot grow afterwards.
      const ended = await hasEnded(jobs, attemptId);
      const links = await linksOf(attemptId, linksFreshMs);
      let link = links.get(log) ?? (await linksOf(attemptId, namesFreshMs)).get(log);
      if (link === undefined) return { text: "", nextOffset: offset, droppedBytes: 0, ended };
      let answer = await readLog(place, link, { offset, lengthBytes });
      if (answer.status === 401 || answer.status === 403) {
        known.delete(attemptId);
        link = (await linksOf(attemptId, 0)).get(log) ?? link;
        answer = await readLog(place, link, { offset, lengthBytes });
      }
      // 416: nothing beyond the offset yet. 404: named, and not written yet.
      if (![200, 206, 404, 416].includes(answer.status))
        throw new DomainError("unavailable", `the log's storage answered ${answer.status}`);
      const droppedBytes = await dropped(attemptId, log, ended);
      return { ...chunkOf(answer.bytes, offset, ended), droppedBytes };
    },
  };
}

/** As the newest; the oldest are forgotten. */
function remember<V>(map: Map<string, V>, key: string, value: V): void {
  map.delete(key);
  map.set(key, value);
  for (const name of map.keys()) {
    if (map.size <= linksKept) break;
    map.delete(name);
  }
}

/** An error of the client would quote the link, which is a permission. */
const readLog = (
  { connection }: Pick<Place, "connection">,
  link: string,
  range: { readonly offset: number; readonly lengthBytes: number },
): Promise<LinkedBytes> =>
  readLinked(connection, link, range).catch(() => {
    throw new DomainError("unavailable", "the log's storage does not answer");
  });

async function hasEnded(jobs: JobBook, attemptId: string): Promise<boolean> {
  // Who only reads a log must not make this process list all jobs.
  const look = await jobs.lately(attemptId, endedFreshMs);
  return look.kind === "missing" || (look.kind === "job" && isEnd(look.job.status));
}

function chunkOf(bytes: Buffer, offset: number, ended: boolean): Omit<LogChunk, "droppedBytes"> {
  const torn = tornTail(bytes);
  // A character that will never be completed is shown as the replacement sign.
  const last = ended && torn === bytes.length;
  const whole = last ? bytes : bytes.subarray(0, bytes.length - torn);
  return {
    text: whole.toString("utf8"),
    nextOffset: offset + whole.length,
    ended,
  };
}

/** Processes first, in order of rank. */
const order = (log: string): string => (log.startsWith("node-") ? `0 ${log}` : `1 ${log}`);
