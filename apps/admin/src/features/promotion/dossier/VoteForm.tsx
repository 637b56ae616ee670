import { Group, NativeSelect, PasswordInput, Radio, Stack, Text, Textarea } from "@mantine/core";
import { useForm } from "@mantine/form";
import { voteMeanings } from "@preceptor/domain";
import { IconSignature } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { queryClient, trpc } from "../../../api/client.ts";
import { fieldsOf } from "../../../api/error.ts";
import { notifyDone } from "../../../components/notify.ts";
import { SubmitRow } from "../../../components/SubmitRow.tsx";
import type { PromotionNow } from "../promotion-type.ts";
import classes from "./Dossier.module.css";
import { Question } from "./Question.tsx";

type Meaning = (typeof voteMeanings)[number];
const meanings: Record<Meaning, string> = {
  review: "Review: I have examined the evidence",
  approval: "Approval: I decide for the board",
  responsibility: "Responsibility: I answer for its use",
};

interface Values {
  readonly decision: "approve" | "reject" | "";
  readonly meaning: Meaning;
  readonly reason: string;
  readonly password: string;
}

export function VoteForm({ promotion }: { promotion: PromotionNow }) {
  const form = useForm<Values>({
    initialValues: { decision: "", meaning: "approval", reason: "", password: "" },
    validate: {
      decision: (decision) => (decision === "" ? "Choose whether you approve or reject" : null),
      reason: (reason) => (reason.trim().length < 10 ? "Say in at least ten characters why" : null),
      password: (password) => (password === "" ? "Your password signs the vote" : null),
    },
  });
  const vote = useMutation(
    trpc.promotion.vote.mutationOptions({
      onSuccess: (after) => {
        notifyDone(
          "Your vote is signed and recorded",
          after.status === "open" ? "The request stays open." : `The request is ${after.status}.`,
        );
        queryClient.setQueryData(trpc.promotion.get.queryKey({ id: after.id }), after);
        void queryClient.invalidateQueries({ queryKey: ["pages", "promotions"] });
        void queryClient.invalidateQueries({ queryKey: trpc.overview.pathKey() });
      },
      onError: (error) => {
        form.setFieldValue("password", "");
        for (const { field, message } of fieldsOf(error))
          if (field === "password") form.setFieldError("password", message);
        // A vote on evidence that has changed voids the request: show what it is now.
        void queryClient.invalidateQueries({ queryKey: trpc.promotion.pathKey() });
      },
    }),
  );
  const cast = ({ decision, meaning, reason, password }: Values) => {
    if (decision === "") return;
    vote.mutate({
      promotionId: promotion.id,
      dossierDigest: promotion.dossierDigest,
      decision,
      meaning,
      reason,
      password,
    });
  };
  return (
    <Question
      title="Your vote"
      lead="A vote is final: it cannot be changed or taken back once it is signed."
    >
      <form onSubmit={form.onSubmit(cast)} noValidate>
        <Stack>
          <Radio.Group label="Decision" {...form.getInputProps("decision")}>
            <Group mt={6} gap="xl">
              <Radio value="approve" label="Approve" />
              <Radio value="reject" label="Reject" />
            </Group>
          </Radio.Group>
          <NativeSelect
            label="Meaning"
            description="What your signature stands for"
            data={voteMeanings.map((value) => ({ value, label: meanings[value] }))}
            {...form.getInputProps("meaning")}
          />
          <Textarea
            label="Reason"
            description="At least ten characters; everybody who may read the dossier reads it"
            autosize
            minRows={3}
            {...form.getInputProps("reason")}
          />
          <div>
            <Text size="sm" fw={500} mb={4}>
              You sign
            </Text>
            <blockquote className={classes.sentence} data-testid="sentence">
              {promotion.sentence}
            </blockquote>
          </div>
          <PasswordInput
            label="Your password"
            description="Shows that it is you; the server countersigns. This is weaker than a passkey of your own."
            autoComplete="current-password"
            maw={380}
            visibilityToggleButtonProps={{ "aria-label": "Show or hide what you typed" }}
            {...form.getInputProps("password")}
          />
          <SubmitRow
            label="Sign and cast vote"
            failed="Your vote was not recorded"
            error={vote.error}
            busy={vote.isPending}
            icon={<IconSignature size={17} aria-hidden />}
          />
        </Stack>
      </form>
    </Question>
  );
}
