import type { Outputs } from "../../api/types.ts";

export type Outlook = Outputs["retention"]["show"];
export type Run = Outputs["retention"]["run"];
