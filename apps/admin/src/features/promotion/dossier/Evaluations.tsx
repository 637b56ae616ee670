import { Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { trpc } from "../../../api/client.ts";
import { Digest } from "../../../components/Digest.tsx";
import { Figure } from "../../../components/Figure.tsx";
import { formatFigure } from "../../../components/format.ts";
import { NounLink } from "../../../components/NounLink.tsx";
import { pathOf } from "../../../frame/paths.ts";
import { type DossierNow, nameOf } from "../promotion-type.ts";
import classes from "./Dossier.module.css";

/** The frozen scores with their intervals, the champion's newest score on the same suite beside. */
export function Evaluations({ dossier }: { dossier: DossierNow }) {
  const { champion, evaluations } = dossier;
  const suites = useQuery(trpc.evaluation.suites.queryOptions());
  const beside = useQuery(
    trpc.evaluation.list.queryOptions(
      { model: champion ? nameOf(champion) : "", limit: 200 },
      { enabled: champion !== null },
    ),
  );
  if (evaluations.length === 0)
    return (
      <Text size="sm" c="dimmed">
        No complete evaluation of this model was there.
      </Text>
    );
  return (
    <>
      <div className={classes.scroll}>
        <Table aria-label="Evaluations" verticalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col" miw={180}>
                Suite
              </Table.Th>
              <Table.Th scope="col" miw={170}>
                This model
              </Table.Th>
              {champion && (
                <Table.Th scope="col" miw={150}>
                  Champion {nameOf(champion)}
                </Table.Th>
              )}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {evaluations.map((one) => {
              const suite = suites.data?.find((each) => nameOf(each) === one.suite);
              const other = beside.data?.items.find(
                (each) => nameOf(each.suite) === one.suite && each.status === "complete",
              );
              return (
                <Table.Tr key={one.id}>
                  <Table.Td>
                    <NounLink href={pathOf.evaluation(one.id)}>
                      {suite?.title ?? one.suite}
                    </NounLink>
                    <Text size="xs" c="dimmed">
                      {one.suite}
                      {suite &&
                        `, ${suite.metric}, ${suite.higherIsBetter ? "higher" : "lower"} is better`}
                      {suite?.chance !== undefined &&
                        `, a guess gives ${formatFigure(suite.chance)}`}
                    </Text>
                  </Table.Td>
                  <Table.Td>
                    <Figure value={one.score} />
                    <Text size="xs" c="dimmed" component="div">
                      n = {one.score.n}, frozen as <Digest value={one.digest} />
                    </Text>
                  </Table.Td>
                  {champion && (
                    <Table.Td>
                      {other ? (
                        <>
                          <Figure value={other.score} />
                          <Text size="xs" c="dimmed">
                            <NounLink href={pathOf.evaluation(other.id)}>its evaluation</NounLink>
                          </Text>
                        </>
                      ) : (
                        <Text size="sm" c="dimmed">
                          {beside.isPending ? "…" : "not evaluated"}
                        </Text>
                      )}
                    </Table.Td>
                  )}
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      </div>
      <Text size="xs" c="dimmed" mt="xs">
        Mean with its 95 % interval, resampled by patient.{" "}
        {champion
          ? "The champion’s own score is looked up now; the frozen paired difference is in the gates."
          : "Nothing served this purpose when it was asked, so there is no champion to compare with."}
      </Text>
    </>
  );
}
