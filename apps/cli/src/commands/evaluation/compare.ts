import { idOf, parseVersionedName, VersionedName } from "@preceptor/domain";
import { z } from "zod";
import { defineCommand, noOptions } from "../../command.ts";
import type { Session } from "../../connection/session.ts";
import type { Evaluation } from "../../connection/wire.ts";
import { exitCode } from "../../exit-code.ts";
import { CliError } from "../../failure.ts";
import { comparisonText } from "./text.ts";

/** Evaluations of one model that are looked through, newest first. */
const MOST_PAGES = 10;
const Side = z.union([idOf("evaluation"), VersionedName], "write it as name@version or evl_…");
const isId = (side: string): boolean => idOf("evaluation").safeParse(side).success;

export const evaluationCompare = defineCommand({
  usage: "compare <candidate> [other]",
  about:
    "compare two models (name@version; default other: the candidate's base) or two evaluations, item by item",
  args: z.union([z.tuple([Side, Side]), z.tuple([Side])], {
    error: "write each as name@version or as the id of an evaluation",
  }),
  options: noOptions,
  async run({ session, answer, paint }, [candidate, given]) {
    const { api } = await session();
    const pairs = isId(candidate)
      ? [ofEvaluations(candidate, given)]
      : await ofModels(api, candidate, given ?? (await baseOf(api, candidate)));
    const compared = await Promise.all(pairs.map((pair) => api.evaluation.compare.query(pair)));
    answer(compared, comparisonText(compared, paint));
  },
});

type Api = Session["api"];
interface Pair {
  readonly candidateId: string;
  readonly otherId: string;
}

function ofEvaluations(candidateId: string, otherId: string | undefined): Pair {
  if (otherId !== undefined && isId(otherId)) return { candidateId, otherId };
  throw new CliError(exitCode.invalid, "The command line is not valid.", [
    { field: "[other]", message: "an evaluation is compared with another evaluation's id" },
  ]);
}

/** The newest complete evaluation of each suite that both models took. */
async function ofModels(api: Api, candidate: string, other: string): Promise<Pair[]> {
  if (isId(other))
    throw new CliError(exitCode.invalid, "The command line is not valid.", [
      { field: "[other]", message: "a model is compared with another model: name@version" },
    ]);
  const [ours, theirs] = await Promise.all([newestOf(api, candidate), newestOf(api, other)]);
  const pairs = [...ours].flatMap(([suite, { id }]) => {
    const against = theirs.get(suite);
    return against === undefined ? [] : [{ candidateId: id, otherId: against.id }];
  });
  if (pairs.length > 0) return pairs;
  throw new CliError(
    exitCode.failed,
    `There is no suite of which both ${candidate} and ${other} have a complete evaluation. Start one with: preceptor evaluation start MODEL SUITE --target NAME`,
  );
}

async function newestOf(api: Api, model: string): Promise<Map<string, Evaluation>> {
  // A model that does not exist is told as such, not as one without evaluations.
  await api.model.get.query(parseVersionedName(model));
  const newest = new Map<string, Evaluation>();
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const found = await api.evaluation.list.query({ model, limit: 200, cursor });
    for (const one of found.items)
      if (one.status === "complete" && !newest.has(one.suite.id)) newest.set(one.suite.id, one);
    if (found.nextCursor === null) break;
    cursor = found.nextCursor;
  }
  return newest;
}

async function baseOf(api: Api, candidate: string): Promise<string> {
  const { version } = await api.model.get.query(parseVersionedName(candidate));
  if (version.base !== null) return `${version.base.name}@${version.base.version}`;
  throw new CliError(
    exitCode.invalid,
    `${candidate} was made from no base model. Say which model to compare it with.`,
  );
}
