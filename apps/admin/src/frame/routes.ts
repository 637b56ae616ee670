import { createRootRoute, createRoute, Outlet, redirect } from "@tanstack/react-router";
import { queryClient, trpc } from "../api/client.ts";
import { isUnauthenticated } from "../api/error.ts";
import { Shell } from "./Shell.tsx";

export const rootRoute = createRootRoute({ component: Outlet });

/** Every screen behind sign-in. Loads who is signed in first, so that screens may ask without waiting. */
export const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: "shell",
  component: Shell,
  beforeLoad: async ({ location }) => {
    try {
      await queryClient.ensureQueryData(trpc.access.me.queryOptions());
    } catch (error) {
      if (!isUnauthenticated(error)) throw error;
      throw redirect({ href: `/sign-in?next=${encodeURIComponent(location.href)}` });
    }
  },
});
