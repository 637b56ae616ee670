import type { ErrorComponentProps } from "@tanstack/react-router";
import { useRouter } from "@tanstack/react-router";
import { TRPCClientError } from "@trpc/client";
import { isNotFound } from "../api/error.ts";
import { ErrorState } from "../components/ErrorState.tsx";
import { NotFound } from "./NotFound.tsx";

/** What a screen that fell over shows in its place; the frame around it keeps working. */
export function RouteError({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  if (isNotFound(error)) return <NotFound />;
  // A fault of a screen speaks to programmers: its text is for the console, not for people.
  const forPeople =
    error instanceof TRPCClientError
      ? error
      : new Error("The screen met a fault of its own. If it stays, tell your operator.");
  return (
    <ErrorState
      title="This screen could not be drawn"
      error={forPeople}
      onRetry={() => {
        reset();
        void router.invalidate();
      }}
    />
  );
}
