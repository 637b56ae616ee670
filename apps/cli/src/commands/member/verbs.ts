import type { AddCommand } from "../../command.ts";
import { memberInvite } from "./invite.ts";
import { memberList } from "./list.ts";
import { memberRevoke } from "./revoke.ts";
import { memberRole } from "./role.ts";

export const verbs: readonly AddCommand[] = [memberList, memberInvite, memberRole, memberRevoke];
