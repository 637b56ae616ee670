import { randomBytes } from "node:crypto";
import {
  computeTarget,
  connect,
  job,
  migrate,
  organization,
  ensureDatabase,
  startEmbedded,
} from "@preceptor/db";
import { composeId, JobSpec, jobStatuses, type ListJobs } from "@preceptor/domain";
import { listJobs } from "@preceptor/services";
import { spread, type Row } from "./table.ts";

const count = 100_000;
const batch = 2_000;
const newId = (noun: Parameters<typeof composeId>[0], at: number) =>
  composeId(noun, at, randomBytes(10));

/** Pages of a list of 100,000 jobs: the first, one deep inside, and filtered ones, through the same verb the API calls. */
export async function jobPages(folder: string): Promise<Row[]> {
  const postgres = await startEmbedded({ dataDir: folder });
  const urls = await ensureDatabase(postgres.adminUrl, "bench");
  await migrate(urls.ownerUrl);
  const owner = connect({ url: urls.ownerUrl, applicationName: "bench-owner" });
  const app = connect({ url: urls.appUrl, applicationName: "bench" });
  try {
    const organizationId = await fill(owner.db);
    await owner.sql`analyze`;
    const ctx = {
      db: app.db,
      caller: { kind: "system" as const, component: "bench", organizationId },
    };
    const page = async (input: Partial<ListJobs>) => {
      const began = performance.now();
      const read = await listJobs(ctx, {
        limit: 50,
        sort: "createdAt",
        direction: "desc",
        ...input,
      });
      return { ms: performance.now() - began, next: read.nextCursor };
    };
    let cursor: string | null = null;
    const walk: number[] = [];
    for (let n = 0; n < 200; n++) {
      const read: { ms: number; next: string | null } = await page(
        cursor === null ? {} : { cursor },
      );
      walk.push(read.ms);
      cursor = read.next;
    }
    const repeat = async (input: Partial<ListJobs>) => {
      const times: number[] = [];
      for (let n = 0; n < 50; n++) times.push((await page(input)).ms);
      return times;
    };
    const row = (what: string, times: number[]): Row => ({
      figure: `page of 50 of 100,000 jobs, ${what}`,
      aim: "≤ 50 ms",
      measured: spread(times, "ms"),
      note: `${times.length} reads, median (least–most)`,
    });
    return [
      row("200 pages in a row", walk),
      row("status failed", await repeat({ status: ["failed"] })),
      row("by name", await repeat({ sort: "name", direction: "asc" })),
      row("search in names", await repeat({ search: "cardio-77" })),
    ];
  } finally {
    await Promise.all([app.end(), owner.end()]);
    await postgres.stop();
  }
}

async function fill(db: ReturnType<typeof connect>["db"]): Promise<string> {
  const organizationId = newId("organization", 0);
  const targetId = newId("computeTarget", 0);
  await db.insert(organization).values({ id: organizationId, name: "Bench", slug: "bench" });
  await db.insert(computeTarget).values({
    id: targetId,
    organizationId,
    name: "local",
    provider: "local",
    settings: { maxNodes: 1, maxProcessesPerNode: 1, diskQuotaBytes: 1e9, logLimitBytes: 1e6 },
  });
  const spec = JobSpec.parse({
    name: "bench",
    kind: "fine-tune",
    recipe: "lora-sft",
    compute: { target: "local" },
  });
  const start = Date.parse("2026-01-01T00:00:00Z");
  for (let first = 0; first < count; first += batch) {
    await db.insert(job).values(
      Array.from({ length: batch }, (_, n) => {
        const at = start + (first + n) * 60_000;
        return {
          id: newId("job", at),
          organizationId,
          name: `${["cardio", "renal", "neuro"][n % 3]}-${(first + n) % 977}`,
          kind: "fine-tune" as const,
          status: jobStatuses[6 + (n % 3)] ?? ("failed" as const),
          spec,
          specDigest: `sha256:${"0".repeat(64)}`,
          parameters: {},
          idempotencyKey: `bench-${first + n}`,
          computeTargetId: targetId,
          runId: randomBytes(16).toString("hex"),
          maxAttempts: 3,
          attemptCount: 1,
          submittedBy: "usr_bench",
          submittedByName: "Bench",
          createdAt: new Date(at),
        };
      }),
    );
  }
  return organizationId;
}
