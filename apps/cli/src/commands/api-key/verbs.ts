import type { AddCommand } from "../../command.ts";
import { apiKeyCreate } from "./create.ts";
import { apiKeyList } from "./list.ts";
import { apiKeyRevoke } from "./revoke.ts";

export const verbs: readonly AddCommand[] = [apiKeyCreate, apiKeyList, apiKeyRevoke];
