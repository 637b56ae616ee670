import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { connect, ensureDatabase, migrate, startEmbedded } from "@preceptor/db";
import { startFakeAzure, type FakeAzure } from "@preceptor/test/fake-azure";
import { config, root } from "../config.ts";
import { supervise, type SupervisedChild } from "../stack/child.ts";
import { readOrMakeSecrets } from "../stack/secrets.ts";
import { fillAttempts } from "./observe-fill.ts";
import type { Row } from "./table.ts";

const count = Number(config.environment["PRECEPTOR_BENCH_ATTEMPTS"] ?? 10_000);
const workersCount = Number(config.environment["PRECEPTOR_BENCH_WORKERS"] ?? 2);
const forMs = Number(config.environment["PRECEPTOR_BENCH_SECONDS"] ?? 120) * 1000;
const firstSweepMs = 120_000;

interface Sample {
  readonly atMs: number;
  readonly reads: number;
  readonly looks: number;
  readonly unheard: number;
  readonly lost: number;
  /** Of `lastObservedAt`, in seconds. */
  readonly ages: readonly [median: number, p95: number, oldest: number];
}

/** Some workers, a fake Azure with as many running jobs, and how old what they know of them gets. */
export async function observe(folder: string): Promise<Row[]> {
  const azure = await startFakeAzure({ folder: join(folder, "azure"), jobs: "pretend" });
  const postgres = await startEmbedded({ dataDir: folder });
  const urls = await ensureDatabase(postgres.adminUrl, "bench");
  await migrate(urls.ownerUrl);
  const owner = connect({ url: urls.ownerUrl, applicationName: "bench-owner", max: 2 });
  const workers: SupervisedChild[] = [];
  try {
    await fillAttempts(owner.db, azure, count);
    await owner.sql`analyze`;
    for (let n = 0; n < workersCount; n++)
      workers.push(await startWorker(`worker-${n}`, folder, urls.appUrl, azure));
    const cpu = (): number => workers.reduce((sum, { pid }) => sum + cpuSeconds(pid), 0);
    const samples: Sample[] = [];
    const sample = async (): Promise<Sample> => {
      const next = { ...(await look(owner.sql)), atMs: performance.now(), ...azure.counted };
      samples.push(next);
      return next;
    };
    const began = performance.now();
    while ((await sample()).unheard > 0) {
      if (performance.now() - began > firstSweepMs) throw new Error("no first sweep in time");
      await wait(1000);
    }
    const firstMs = performance.now() - began;
    const from = samples.length;
    const cpuBefore = cpu();
    for (const end = performance.now() + forMs; performance.now() < end; await wait(1000))
      await sample();
    const cores = (cpu() - cpuBefore) / (forMs / 1000);
    return rowsOf(samples, from, firstMs, cores);
  } finally {
    await Promise.all(workers.map((worker) => worker.stop()));
    await owner.end();
    await postgres.stop();
    await azure.close();
  }
}

function rowsOf(samples: readonly Sample[], from: number, firstMs: number, cores: number): Row[] {
  const later = samples.slice(from);
  const [first, last] = [later.at(0), later.at(-1)];
  if (!first || !last) throw new Error("nothing was sampled");
  const most = (values: readonly number[]) => Math.max(...values);
  const perSecond = (key: "reads" | "looks") =>
    (last[key] - first[key]) / ((last.atMs - first.atMs) / 1000);
  // From the first request on: the start counts too.
  const windows = samples.flatMap((begin, n) => {
    const end = samples.slice(n).find(({ atMs }) => atMs - begin.atMs >= 10_000);
    return end ? [(end.reads - begin.reads) / ((end.atMs - begin.atMs) / 1000)] : [];
  });
  const attempts = count.toLocaleString("en");
  return [
    {
      figure: `ARM reads of ${workersCount} workers with ${attempts} active attempts`,
      aim: "≤ 25 /s",
      measured: `${most(windows).toFixed(1)} /s`,
      note: `most in any 10 s, the start included; ${perSecond("reads").toFixed(1)} /s on average`,
    },
    {
      figure: "age of the last observation, 95th percentile",
      aim: "≤ 15 s",
      measured: `${most(later.map(({ ages }) => ages[1])).toFixed(1)} s`,
      note: `worst of ${later.length} samples a second apart, after a first sweep of ${(firstMs / 1000).toFixed(0)} s; oldest of all ${most(later.map(({ ages }) => ages[2])).toFixed(1)} s`,
    },
    {
      figure: "attempts taken for silent or lost meanwhile",
      aim: "0",
      measured: String(last.lost),
      note: `workers: ${cores.toFixed(2)} cores, ${perSecond("looks").toFixed(0)} single looks a second`,
    },
  ];
}

async function look(sql: ReturnType<typeof connect>["sql"]) {
  const [ages] = await sql<{ unheard: number; ages: [number, number, number] }[]>`
    select count(*) filter (where last_observed_at is null)::int as unheard,
      percentile_disc(array[0.5, 0.95, 1]) within group
        (order by extract(epoch from clock_timestamp() - coalesce(last_observed_at, created_at))::float8) as ages
    from attempt`;
  const [jobs] = await sql<{ looks: number; lost: number }[]>`
    select sum(lease_token)::int as looks,
      count(*) filter (where status <> 'running')::int as lost from job`;
  if (!ages || !jobs) throw new Error("the database gave no answer");
  return { ...ages, ...jobs };
}

function startWorker(
  name: string,
  folder: string,
  url: string,
  azure: FakeAzure,
): Promise<SupervisedChild> {
  const { signingKeyFile, servingKeyFile } = readOrMakeSecrets(folder);
  const inherited = Object.entries(config.environment).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return supervise(
    {
      name,
      command: process.execPath,
      args: [
        "--import",
        join(root, "scripts/stack/guard.mjs"),
        join(root, "apps/worker/src/main.ts"),
      ],
      env: {
        ...Object.fromEntries(inherited),
        ...azure.environment,
        DATABASE_URL: url,
        PRECEPTOR_PUBLIC_URL: "http://127.0.0.1:9",
        PRECEPTOR_SIGNING_KEY_FILE: signingKeyFile,
        PRECEPTOR_SERVING_KEY_FILE: servingKeyFile,
        PRECEPTOR_STORAGE: "filesystem",
        PRECEPTOR_STORAGE_DIR: join(folder, "storage"),
        PRECEPTOR_WORK_DIR: join(folder, "work"),
      },
      cwd: root,
      logFolder: join(folder, "logs"),
      announces: true,
    },
    ({ text }) => {
      if (/"level":(40|50)|"warn"|"error"/.test(text)) console.error(text);
    },
  );
}

/** User and system time of a process; a tick is a hundredth of a second. */
function cpuSeconds(pid: number | undefined): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
