import { useSearch } from "@tanstack/react-router";
import { useMay } from "../../../api/me.ts";
import { EmptyState } from "../../../components/EmptyState.tsx";
import { PageHeader } from "../../../components/PageHeader.tsx";
import { pathOf } from "../../../frame/paths.ts";
import { IconLock } from "@tabler/icons-react";
import { RegisterDatasetForm } from "./RegisterDatasetForm.tsx";

export function RegisterDatasetPage() {
  const { name } = useSearch({ from: "/shell/register-dataset" });
  const mayRegister = useMay("dataset:register");
  return (
    <>
      <PageHeader
        title={name ? `Register the next version of ${name}` : "Register a dataset"}
        trail={[{ label: "Datasets", href: pathOf.datasets() }]}
        sentence="Digests are computed in this browser and checked again as the files arrive. A version never changes afterwards."
      />
      {mayRegister ? (
        <RegisterDatasetForm key={name} name={name ?? ""} />
      ) : (
        <EmptyState
          icon={IconLock}
          title="Engineers register datasets"
          sentence="Your roles in this organization do not include it."
          action={{ label: "Go to the datasets", href: pathOf.datasets() }}
        />
      )}
    </>
  );
}
