import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { trpc } from "../../../api/client.ts";
import { ErrorState } from "../../../components/ErrorState.tsx";
import { Loading } from "../../../components/Loading.tsx";
import { PageHeader } from "../../../components/PageHeader.tsx";
import { pathOf } from "../../../frame/paths.ts";
import { asDraft, type Draft } from "./draft.ts";
import { LaunchEditor } from "./LaunchEditor.tsx";
import { draftOf } from "./recipe-draft.ts";

/** Loads what the form is drawn from: the recipes, the places to run and, for "launch again", the former spec. */
export function LaunchPage() {
  const { from, recipe: wanted } = useSearch({ from: "/shell/jobs/new" });
  const recipes = useQuery(trpc.recipe.list.queryOptions());
  const targets = useQuery(trpc.computeTarget.list.queryOptions());
  const former = useQuery(
    trpc.job.get.queryOptions({ id: from ?? "" }, { enabled: from !== undefined }),
  );
  const error = recipes.error ?? targets.error ?? former.error;
  const launchable = recipes.data?.filter((recipe) => recipe.kind !== "serve");
  // Where it costs nothing, until somebody chooses otherwise.
  const free = targets.data?.find((one) => one.provider === "local");
  const target = (free ?? targets.data?.[0])?.name ?? "";
  const start = (): Draft => {
    const again = asDraft(former.data?.spec);
    if (again) return again;
    const recipe = launchable?.find((one) => one.name === wanted);
    return recipe ? draftOf(recipe, target) : {};
  };
  const loaded = launchable && targets.data && (from === undefined || former.data);
  return (
    <>
      <PageHeader
        title={former.data ? `Launch ${former.data.name} again` : "Launch a job"}
        trail={[{ label: "Jobs", href: pathOf.jobs() }]}
        sentence="Choose a recipe, say what it reads, and start it. Form and YAML are the same spec."
      />
      {error ? (
        <ErrorState
          title="The form could not be loaded"
          error={error}
          onRetry={() => {
            void recipes.refetch();
            void targets.refetch();
          }}
        />
      ) : loaded ? (
        <LaunchEditor
          key={from ?? wanted ?? ""}
          recipes={launchable}
          target={target}
          start={start()}
        />
      ) : (
        <Loading what="Loading the form" h={400} />
      )}
    </>
  );
}
