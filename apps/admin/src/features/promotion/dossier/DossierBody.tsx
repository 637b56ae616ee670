import { Text } from "@mantine/core";
import { CopyableId } from "../../../components/CopyableId.tsx";
import { KeyValue } from "../../../components/KeyValue.tsx";
import { NounLink } from "../../../components/NounLink.tsx";
import { pathOf } from "../../../frame/paths.ts";
import { type DossierNow, nameOf, type PolicyNow } from "../promotion-type.ts";
import { Evaluations } from "./Evaluations.tsx";
import { Gates, summaryOf } from "./Gates.tsx";
import { MadeFrom } from "./MadeFrom.tsx";
import { Prose, Question } from "./Question.tsx";

interface DossierBodyProps {
  readonly dossier: DossierNow;
  readonly policy: PolicyNow;
}

/** The evidence, top to bottom, as it was frozen. */
export const DossierBody = ({ dossier, policy }: DossierBodyProps) => (
  <>
    <Question title="Which exact model">
      <KeyValue
        items={[
          [
            "Model",
            <NounLink key="model" href={pathOf.model(dossier.model.name, dossier.model.version)}>
              {nameOf(dossier.model)}
            </NounLink>,
          ],
          ["Digest", <CopyableId key="digest" value={dossier.model.digest} what="digest" />],
          [
            "Replaces",
            dossier.champion ? (
              <NounLink
                key="champion"
                href={pathOf.model(dossier.champion.name, dossier.champion.version)}
              >
                {nameOf(dossier.champion)}
              </NounLink>
            ) : (
              "nothing: no model serves this purpose"
            ),
          ],
        ]}
      />
    </Question>
    <Question title="What it is for">
      <Prose text={dossier.intendedUse} absent="Nothing was written." />
    </Question>
    <Question title="What it is not for">
      <Prose text={dossier.notFor} absent="Nothing was written." />
    </Question>
    <Question title="What it was made from" lead="Every ancestor, with the note of its permit.">
      <MadeFrom parts={dossier.madeFrom} />
    </Question>
    <Question
      title="Gates"
      lead={`${summaryOf(dossier.gates)}, under the policy ${nameOf(dossier.policy)}`}
    >
      <Gates gates={dossier.gates} policy={policy} />
    </Question>
    <Question title="Evaluations">
      <Evaluations dossier={dossier} />
    </Question>
    <Question title="Risks and what is done about them">
      <Prose text={dossier.risks} absent="The requester named no risks." />
    </Question>
    <Question
      title="Who worked on it"
      lead="They made the model or one it was made from, so they may not vote."
    >
      <Text size="sm">{dossier.contributors.map((person) => person.name).join(", ") || "–"}</Text>
    </Question>
  </>
);
