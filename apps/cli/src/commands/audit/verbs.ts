import type { AddCommand } from "../../command.ts";
import { auditExport } from "./export.ts";

export const verbs: readonly AddCommand[] = [auditExport];
