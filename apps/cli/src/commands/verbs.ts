import type { AddCommand } from "../command.ts";
import { signIn } from "./sign-in.ts";
import { signOut } from "./sign-out.ts";
import { verify } from "./verify.ts";
import { whoami } from "./whoami.ts";

/** Those that are about no noun. */
export const verbs: readonly AddCommand[] = [signIn, signOut, whoami, verify];
