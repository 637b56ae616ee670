import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconChecklist, IconGavel } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useMay } from "../../../api/me.ts";
import { pathOf } from "../../../frame/paths.ts";
import { type ModelVersionNow, referenceOf } from "../model-type.ts";
import { EvaluateDialog } from "./EvaluateDialog.tsx";

export function ModelActions({ model }: { model: ModelVersionNow }) {
  const [asking, ask] = useDisclosure(false);
  const mayEvaluate = useMay("job:submit");
  const mayRequest = useMay("promotion:request");
  return (
    <>
      {mayEvaluate && (
        <Button
          variant="default"
          leftSection={<IconChecklist size={15} aria-hidden />}
          onClick={ask.open}
        >
          Evaluate
        </Button>
      )}
      {mayRequest && (
        <Button
          component={Link}
          to={pathOf.requestPromotion(referenceOf(model))}
          leftSection={<IconGavel size={15} aria-hidden />}
        >
          Ask for promotion
        </Button>
      )}
      {asking && <EvaluateDialog model={model} onClose={ask.close} />}
    </>
  );
}
