import { Alert, Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useLocation, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { trpc } from "../../api/client.ts";
import { HeldButton } from "../../components/HeldButton.tsx";
import { authClient } from "./auth-client.ts";
import { EntryCard } from "./EntryCard.tsx";

type Outcome =
  | { kind: "asked" }
  | { kind: "approved" }
  | { kind: "denied" }
  | { kind: "problem"; message: string };

/** Lets a terminal act as the member who is signed in here, once the member has compared the code. */
export function DevicePage() {
  const { user_code: given } = useSearch({ from: "/device" });
  const { href } = useLocation();
  const me = useQuery(trpc.access.me.queryOptions(undefined, { retry: false }));
  const [code, setCode] = useState(given ?? "");
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>({ kind: "asked" });
  const userCode = code.trim().replaceAll("-", "").toUpperCase();
  const incomplete =
    userCode.length < 4 ? "Type the code that the terminal shows first" : undefined;

  const answer = async (kind: "approved" | "denied") => {
    setBusy(true);
    // The code must be claimed by this session before it can be answered.
    const claimed = await authClient.device({ query: { user_code: userCode } });
    const { error } = claimed.error
      ? claimed
      : kind === "approved"
        ? await authClient.device.approve({ userCode })
        : await authClient.device.deny({ userCode });
    setBusy(false);
    setOutcome(
      error
        ? {
            kind: "problem",
            message: "This code is not known or has expired. Start again in the terminal.",
          }
        : { kind },
    );
  };

  if (me.isPending) return null;
  if (me.isError)
    return (
      <EntryCard
        title="Sign in first"
        sentence="The terminal will act as the member who approves it."
      >
        <Button component={Link} to={`/sign-in?next=${encodeURIComponent(href)}`} fullWidth>
          Sign in
        </Button>
      </EntryCard>
    );
  if (outcome.kind === "approved" || outcome.kind === "denied")
    return (
      <EntryCard
        title={
          outcome.kind === "approved" ? "The terminal is signed in" : "The terminal was turned away"
        }
        sentence="You can close this page and go back to the terminal."
      >
        {null}
      </EntryCard>
    );
  return (
    <EntryCard
      title="Sign in a terminal"
      sentence={
        <>
          It will act as <b>{me.data.user.name}</b>. Go on only if you started it and it shows the
          same code.
        </>
      }
    >
      <Stack>
        <TextInput
          label="Code shown in the terminal"
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
          autoComplete="off"
          autoFocus
          styles={{
            input: { fontFamily: "var(--mantine-font-family-monospace)", letterSpacing: "0.15em" },
          }}
        />
        {outcome.kind === "problem" && (
          <Alert color="red" role="alert">
            <Text size="sm">{outcome.message}</Text>
          </Alert>
        )}
        <Group grow>
          <HeldButton
            variant="default"
            why={busy ? "The code is being answered" : incomplete}
            onClick={() => void answer("denied")}
          >
            Turn away
          </HeldButton>
          <HeldButton loading={busy} why={incomplete} onClick={() => void answer("approved")}>
            Approve
          </HeldButton>
        </Group>
      </Stack>
    </EntryCard>
  );
}
