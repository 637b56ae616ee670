import { PasswordInput, Stack, TextInput } from "@mantine/core";
import { isEmail, isNotEmpty, useForm } from "@mantine/form";
import { useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { queryClient } from "../../api/client.ts";
import { SubmitRow } from "../../components/SubmitRow.tsx";
import { authClient } from "./auth-client.ts";
import { EntryCard } from "./EntryCard.tsx";

/** Only an address inside this app: a link from elsewhere cannot send a member away after sign-in. */
const inside = (next: string | undefined): string =>
  next?.startsWith("/") && !next.startsWith("//") && !next.startsWith("/\\") ? next : "/";

export function SignInPage() {
  const { next } = useSearch({ from: "/sign-in" });
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const form = useForm({
    initialValues: { email: "", password: "" },
    validate: {
      email: isEmail("Write the whole address, e.g. ada@hospital.example"),
      password: isNotEmpty("Write your password"),
    },
  });
  const submit = async (values: { email: string; password: string }) => {
    setBusy(true);
    setProblem(null);
    const { error } = await authClient.signIn.email(values);
    if (error) {
      setBusy(false);
      setProblem(
        error.status === 401
          ? "The address and the password do not belong together. Check both and try again."
          : error.status === 429
            ? "Too many tries. Wait a minute, then try again."
            : (error.message ?? "The server could not be reached. Try again."),
      );
      return;
    }
    queryClient.clear();
    window.location.assign(inside(next));
  };
  return (
    <EntryCard title="Sign in" sentence="With the account your organization gave you.">
      <form onSubmit={form.onSubmit((values) => void submit(values))} noValidate>
        <Stack>
          <TextInput
            label="Email"
            type="email"
            autoComplete="username"
            autoFocus
            size="sm"
            {...form.getInputProps("email")}
          />
          <PasswordInput
            label="Password"
            autoComplete="current-password"
            size="sm"
            {...form.getInputProps("password")}
          />
          <SubmitRow label="Sign in" error={problem} busy={busy} wide />
        </Stack>
      </form>
    </EntryCard>
  );
}
