import { expect, test } from "vitest";
import { azureStatuses, phaseOf, type Phase } from "./status.ts";
import { silentPatienceMs, tell, watch } from "./watchdog.ts";

const deadlines = { preparing: "PT30M", queued: "PT24H", finalizing: "PT1H", cancelling: "PT5M" };
const minute = 60_000;

const cases: readonly [sentence: string, Phase, waitedMs: number, kind: string][] = [
  ["preparing within its time", "preparing", 29 * minute, "none"],
  ["preparing for ever -> stopped", "preparing", 30 * minute, "stop"],
  ["queued within its time", "queued", 23 * 60 * minute, "none"],
  ["queued for ever, beyond quota -> stopped", "queued", 24 * 60 * minute, "stop"],
  [
    "finalizing for hours -> told, since a cancel is refused there",
    "finalizing",
    720 * minute,
    "tell",
  ],
  ["stopping within its time", "stopping", 4 * minute, "none"],
  [
    "CancelRequested for forty hours -> asked again and told",
    "stopping",
    2400 * minute,
    "stop-again",
  ],
  ["running for weeks is Azure's time limit's business", "running", 30_000 * minute, "none"],
  ["unknown is not failed, however long", "unknown", 30_000 * minute, "none"],
];

test.for(cases)("%s", ([, phase, waitedMs, kind]) => {
  const alarm = watch(phase, 1000, 1000 + waitedMs, deadlines);
  expect(alarm.kind).toBe(kind);
  if (alarm.kind === "tell" || alarm.kind === "stop-again")
    expect(tell(alarm, null)).toMatchObject({
      message: expect.stringMatching(/\d+ hours.*may still be paid for.*Azure ML studio/),
      needsHand: true,
    });
});

test.for([
  ["queued", 1440, null, /^Azure has had no machines for it for 24 hours: it is being stopped\.$/],
  ["queued", 1440, "Azure does not answer.", /could not be asked to stop now.*does not answer/],
  ["stopping", 2400, null, /: it is asked again\. Look at/],
  ["stopping", 2400, "Azure does not answer.", /could not be asked to stop now.*answer\. Look at/],
] as const)(
  "%s for %i minutes, refused: %s -> says what is so",
  ([phase, waited, refused, says]) => {
    const alarm = watch(phase, 0, waited * minute, deadlines);
    if (alarm.kind === "none") throw new Error("no alarm");
    const { message, needsHand } = tell(alarm, refused);
    expect(message).toMatch(says);
    if (refused !== null) {
      expect(message).not.toMatch(/is being stopped|: it is asked again/);
      expect(needsHand).toBe(true);
    }
  },
);

test("what tells nothing is waited for by hours, also at a target defined before there was such a deadline", () => {
  expect(silentPatienceMs(deadlines)).toBe(6 * 60 * minute);
  expect(silentPatienceMs({ ...deadlines, silent: "PT90M" })).toBe(90 * minute);
});

test("only Completed, Failed and Canceled are an end; a word we do not know is unknown", () => {
  expect(azureStatuses.filter((word) => phaseOf(word) === "ended")).toEqual([
    "Completed",
    "Failed",
    "Canceled",
  ]);
  for (const word of ["Hibernating", "", "completed", "NotResponding", "constructor"])
    expect(phaseOf(word)).toBe("unknown");
});
