import type { ErrorComponentProps } from "@tanstack/react-router";
import { useRouter } from "@tanstack/react-router";
import { isNotFound } from "../api/error.ts";
import { ErrorState } from "../components/ErrorState.tsx";
import { NotFound } from "./NotFound.tsx";

/** What a screen that fell over shows in its place; the frame around it keeps working. */
export function RouteError({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  if (isNotFound(error)) return <NotFound />;
  return (
    <ErrorState
      title="This screen could not be drawn"
      error={error}
      onRetry={() => {
        reset();
        void router.invalidate();
      }}
    />
  );
}
