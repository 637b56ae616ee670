import { Button, Tabs } from "@mantine/core";
import { IconArrowsSplit2, IconPlus } from "@tabler/icons-react";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useMay } from "../../api/me.ts";
import { PageHeader } from "../../components/PageHeader.tsx";
import { EvaluationList } from "./EvaluationList.tsx";
import { compareEvaluationsPath, defineSuitePath } from "./paths.ts";
import { SuiteList } from "./suite/SuiteList.tsx";
import { evaluationTabs } from "./tabs.ts";

export function EvaluationsPage() {
  const search = useSearch({ from: "/shell/evaluations" });
  const navigate = useNavigate();
  const mayDefine = useMay("evaluation:define");
  const tab = search.tab ?? "evaluations";
  return (
    <>
      <PageHeader
        title="Evaluations"
        sentence="How models did on suites that were fixed before. Intervals are bootstrapped over patients."
        actions={
          <>
            <Button
              component={Link}
              to={compareEvaluationsPath()}
              variant="default"
              leftSection={<IconArrowsSplit2 size={15} aria-hidden />}
            >
              Compare two
            </Button>
            {mayDefine && (
              <Button
                component={Link}
                to={defineSuitePath()}
                leftSection={<IconPlus size={16} aria-hidden />}
              >
                Define a suite
              </Button>
            )}
          </>
        }
      />
      <Tabs
        value={tab}
        onChange={(value) =>
          void navigate({
            to: "/evaluations",
            search: { ...search, tab: evaluationTabs.find((one) => one === value) },
            replace: true,
          })
        }
        keepMounted={false}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="evaluations">Evaluations</Tabs.Tab>
          <Tabs.Tab value="suites">Suites</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="evaluations">
          <EvaluationList />
        </Tabs.Panel>
        <Tabs.Panel value="suites">
          <SuiteList />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
