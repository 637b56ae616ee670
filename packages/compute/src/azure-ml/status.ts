/** The words of a job's life in api-version 2024-04-01; ended are Completed, Failed and Canceled, and no other. */
export const azureStatuses = [
  "NotStarted",
  "Starting",
  "Provisioning",
  "Preparing",
  "Queued",
  "Running",
  "Finalizing",
  "CancelRequested",
  "Completed",
  "Failed",
  "Canceled",
  "NotResponding",
  "Paused",
  "Unknown",
] as const;
export type AzureStatus = (typeof azureStatuses)[number];
export type Phase =
  | "preparing"
  | "queued"
  | "running"
  | "finalizing"
  | "stopping"
  | "ended"
  | "unknown";

const phases: Record<AzureStatus, Phase> = {
  NotStarted: "preparing",
  Starting: "preparing",
  Provisioning: "preparing",
  Preparing: "preparing",
  Queued: "queued",
  Running: "running",
  Finalizing: "finalizing",
  CancelRequested: "stopping",
  Completed: "ended",
  Failed: "ended",
  Canceled: "ended",
  // May go back to any earlier state.
  NotResponding: "unknown",
  Paused: "unknown",
  Unknown: "unknown",
};

export const isAzureStatus = (word: string): word is AzureStatus =>
  azureStatuses.some((status) => status === word);
export const phaseOf = (word: string): Phase => (isAzureStatus(word) ? phases[word] : "unknown");
export type EndStatus = Extract<AzureStatus, "Completed" | "Failed" | "Canceled">;
export const isEnd = (word: string): word is EndStatus => phaseOf(word) === "ended";
