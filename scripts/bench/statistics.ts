import { intervalOf } from "@preceptor/domain";
import { spread, type Row } from "./table.ts";

const runs = 10;

function time(work: () => unknown): number[] {
  return Array.from({ length: runs }, () => {
    const began = performance.now();
    work();
    return performance.now() - began;
  });
}

/** What a board member waits for when a dossier is put together: one interval by bootstrap. */
export async function statistics(): Promise<Row[]> {
  const items = Array.from({ length: 500 }, (_, n) => ({
    item: `i${n}`,
    cluster: `c${n % 250}`,
    value: n % 3 === 0 ? 0 : 1,
  }));
  return [
    {
      figure: "interval of 500 items of 250 patients",
      aim: "≤ 300 ms",
      measured: spread(
        time(() => intervalOf(items, 42)),
        "ms",
      ),
      note: "10,000 resamples, one thread",
    },
  ];
}
