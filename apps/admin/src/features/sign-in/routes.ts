import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../../frame/routes.ts";
import { text } from "../../frame/search-params.ts";

const getParentRoute = () => rootRoute;

export const signInRoutes = [
  createRoute({
    getParentRoute,
    path: "/sign-in",
    validateSearch: (search: Record<string, unknown>) => ({ next: text(search.next) }),
    component: lazyRouteComponent(() => import("./SignInPage.tsx"), "SignInPage"),
  }),
  createRoute({
    getParentRoute,
    path: "/setup",
    validateSearch: (search: Record<string, unknown>) => ({ token: text(search.token) }),
    component: lazyRouteComponent(() => import("./SetupPage.tsx"), "SetupPage"),
  }),
  createRoute({
    getParentRoute,
    path: "/invite",
    validateSearch: (search: Record<string, unknown>) => ({ token: text(search.token) }),
    component: lazyRouteComponent(() => import("./InvitePage.tsx"), "InvitePage"),
  }),
  createRoute({
    getParentRoute,
    path: "/device",
    validateSearch: (search: Record<string, unknown>) => ({ user_code: text(search.user_code) }),
    component: lazyRouteComponent(() => import("./DevicePage.tsx"), "DevicePage"),
  }),
];
