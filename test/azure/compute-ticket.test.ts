import { json } from "node:stream/consumers";
import { untilEnded } from "@preceptor/compute/contract";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { aDoor } from "./a-door.ts";
import { azureWorld, type AzureWorld } from "./compute-world.ts";

vi.setConfig({ testTimeout: 60_000 });

let world: AzureWorld;
beforeAll(async () => {
  world = await azureWorld();
});
afterAll(() => world.close());

const token = "token-zqxj-5520";
const ticket = "t".repeat(43);
/** Says what of its environment a program has, by names alone. */
const program = `
import os
print("given", os.environ.get("MLFLOW_TRACKING_TOKEN") == "${token}", [n for n in os.environ if "TICKET" in n])
`;

async function run(attemptId: string, url: string) {
  const provider = world.open();
  const spec = await world.python(program, {
    processesPerNode: 2,
    secrets: { MLFLOW_TRACKING_TOKEN: token },
    ticket: { url, value: ticket },
  });
  const handle = await provider.start(attemptId, spec);
  const seen = await untilEnded(provider, handle);
  const log = await provider.capabilities.logs!.read(handle, "node-0", 0, 100_000);
  return { seen, log: log.text };
}

test("each process asks for its secrets, again where an answer was lost, and what describes the job opens nothing", async () => {
  const asked: { ticket: string; rank: number; nonce: string }[] = [];
  const url = await aDoor((request, response) => {
    void json(request).then((body) => {
      const { rank } = body as { rank: number };
      const isFirst = asked.every((one) => one.rank !== rank);
      asked.push(body as (typeof asked)[number]);
      if (rank === 0 && isFirst) return void response.writeHead(503).end();
      response.end(JSON.stringify({ secrets: { MLFLOW_TRACKING_TOKEN: token } }));
    });
  });
  const { seen, log } = await run("att_ticket", url);
  expect(seen).toMatchObject({ kind: "succeeded" });
  expect(log).toContain("given True []");
  expect(asked.map(({ rank }) => rank).toSorted()).toEqual([0, 0, 1]);
  expect(new Set(asked.map(({ ticket: sent }) => sent))).toEqual(new Set([ticket]));
  // The same words for the same process, other ones for the other.
  expect(new Set(asked.map(({ rank, nonce }) => `${rank} ${nonce}`)).size).toBe(2);
  const sent = world.azure.requests.filter(({ url: path }) => path.includes("/jobs/att_ticket"));
  expect(sent.length).toBeGreaterThan(0);
  expect(JSON.stringify(sent)).toContain(ticket);
  expect(JSON.stringify(sent)).not.toContain(token);
});

test("a process whose ticket somebody used begins nothing, and the job says where to look", async () => {
  const url = await aDoor((_, response) => void response.writeHead(409).end("{}"));
  const { seen, log } = await run("att_used", url);
  expect(seen).toMatchObject({
    kind: "failed",
    cause: "start-refused",
    message: expect.stringContaining("audit log"),
  });
  expect(log).not.toContain("given");
});

test("a ticket follows no redirect to another address", async () => {
  const visits: unknown[] = [];
  const elsewhere = await aDoor((request, response) => {
    visits.push(request.url);
    response.end("{}");
  });
  const url = await aDoor(
    (_, response) => void response.writeHead(307, { location: elsewhere }).end(),
  );
  expect((await run("att_redirected", url)).seen).toMatchObject({ kind: "failed" });
  expect(visits).toEqual([]);
});
