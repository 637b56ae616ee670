export { commitCheckpoint, type CommitCheckpoint } from "./commit.ts";
export { type CandidateFile } from "./examine.ts";
export { listCheckpoints } from "./list.ts";
