// Reads the official description once for all test files: what it takes to read it is more than what most of them do.
import type { Exchange } from "../fake-azure/index.ts";
import { compareAll } from "../azure/compare-exchange.ts";

process.on("message", ({ number, exchanges }: { number: number; exchanges: Exchange[] }) => {
  compareAll(exchanges).then(
    (found) => process.send?.({ number, found }),
    (error: unknown) => process.send?.({ number, found: [], failed: String(error) }),
  );
});
process.on("disconnect", () => process.exit());
