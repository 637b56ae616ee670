import type { Place } from "./place.ts";
import { RunDetails } from "./wire.ts";

/** Run history's account of a run: why it ended, and signed links to its logs, which leave this folder for nowhere. */
export const readRunDetails = (
  { client }: Pick<Place, "client">,
  name: string,
): Promise<RunDetails> => client.history(`/runs/${name}/details`, RunDetails);
