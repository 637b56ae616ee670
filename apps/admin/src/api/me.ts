import type { Action } from "@preceptor/domain";
import { useSuspenseQuery } from "@tanstack/react-query";
import { trpc } from "./client.ts";

/** Who is signed in, in which organization; the shell has loaded it before any screen is drawn. */
export const useMe = () => useSuspenseQuery(trpc.access.me.queryOptions()).data;

/** Whether the member may do this. The server decides again: this only spares a button that would refuse. */
export const useMay = (action: Action): boolean => useMe().actions.includes(action);
