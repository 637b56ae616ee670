import { PasswordInput, Stack, TextInput } from "@mantine/core";
import { hasLength, isEmail, useForm } from "@mantine/form";
import { useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { SubmitRow } from "../../components/SubmitRow.tsx";
import { authClient } from "./auth-client.ts";
import { EntryCard } from "./EntryCard.tsx";
import { postJson } from "./post-json.ts";

/** The one-time link printed where an empty installation was started. */
export function SetupPage() {
  const { token } = useSearch({ from: "/setup" });
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const form = useForm({
    initialValues: { organization: "", name: "", email: "", password: "" },
    validate: {
      organization: hasLength({ min: 2 }, "At least two characters"),
      name: hasLength({ min: 2 }, "At least two characters"),
      email: isEmail("Write the whole address, e.g. ada@hospital.example"),
      password: hasLength({ min: 10 }, "At least ten characters"),
    },
  });
  const submit = async (values: typeof form.values) => {
    setBusy(true);
    setProblem(null);
    try {
      await postJson("/api/setup", { token, ...values });
      await authClient.signIn.email({ email: values.email, password: values.password });
      window.location.assign("/");
    } catch (error) {
      setProblem(error instanceof Error ? error.message : "The server could not be reached.");
      setBusy(false);
    }
  };
  if (!token)
    return (
      <EntryCard title="This link is not whole" sentence="The link has no token.">
        Open the link exactly as the terminal printed it when the server started.
      </EntryCard>
    );
  return (
    <EntryCard
      title="Set up Preceptor"
      sentence="Names your organization and makes you its first administrator."
    >
      <form onSubmit={form.onSubmit((values) => void submit(values))} noValidate>
        <Stack>
          <TextInput
            label="Organization"
            placeholder="Riverside Hospital"
            autoFocus
            {...form.getInputProps("organization")}
          />
          <TextInput label="Your name" autoComplete="name" {...form.getInputProps("name")} />
          <TextInput
            label="Email"
            type="email"
            autoComplete="username"
            {...form.getInputProps("email")}
          />
          <PasswordInput
            label="Password"
            description="At least ten characters; a sentence is easy to remember"
            autoComplete="new-password"
            {...form.getInputProps("password")}
          />
          <SubmitRow label="Set up" error={problem} busy={busy} wide />
        </Stack>
      </form>
    </EntryCard>
  );
}
