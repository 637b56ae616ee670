import {
  IconArrowsSplit2,
  IconBox,
  IconChecklist,
  IconCpu,
  IconDatabase,
  IconGavel,
  IconHistory,
  IconLayoutDashboard,
  IconPlayerPlay,
  IconRocket,
  IconTrash,
  IconUsers,
} from "@tabler/icons-react";
import type { Action } from "@preceptor/domain";
import { pathOf } from "./paths.ts";

export interface NavigationItem {
  readonly label: string;
  readonly href: string;
  readonly icon: typeof IconBox;
  /** Second key after `g`. */
  readonly key: string;
  readonly action: Action | null;
}

/** Left navigation, by noun, in the order of the path from data to use. */
export const navigationItems: readonly NavigationItem[] = [
  { label: "Overview", href: pathOf.overview(), icon: IconLayoutDashboard, key: "o", action: null },
  { label: "Jobs", href: pathOf.jobs(), icon: IconPlayerPlay, key: "j", action: "job:read" },
  { label: "Compare", href: "/compare", icon: IconArrowsSplit2, key: "c", action: "metric:read" },
  {
    label: "Datasets",
    href: pathOf.datasets(),
    icon: IconDatabase,
    key: "d",
    action: "dataset:read",
  },
  { label: "Models", href: pathOf.models(), icon: IconBox, key: "m", action: "model:read" },
  {
    label: "Evaluations",
    href: pathOf.evaluations(),
    icon: IconChecklist,
    key: "e",
    action: "evaluation:read",
  },
  {
    label: "Promotions",
    href: pathOf.promotions(),
    icon: IconGavel,
    key: "p",
    action: "promotion:read",
  },
  {
    label: "Deployments",
    href: pathOf.deployments(),
    icon: IconRocket,
    key: "y",
    action: "deployment:read",
  },
  {
    label: "Compute",
    href: pathOf.compute(),
    icon: IconCpu,
    key: "u",
    action: "compute-target:read",
  },
  { label: "Audit", href: pathOf.audit(), icon: IconHistory, key: "a", action: "audit:read" },
  { label: "Members", href: pathOf.members(), icon: IconUsers, key: "b", action: "access:read" },
];

/** Screens without an entry of their own: a page leads there, and the palette. */
export const furtherScreens: readonly Omit<NavigationItem, "key">[] = [
  { label: "Retention", href: pathOf.retention(), icon: IconTrash, action: "retention:manage" },
];
