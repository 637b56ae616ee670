import type { RoutedDeployment } from "@preceptor/services/gateway";
import { withTimeout } from "../timeout.ts";
import type { RouteCheck, VerifiedRoute } from "./verify-route.ts";

export interface RouteTableOptions {
  read(): Promise<readonly RoutedDeployment[]>;
  verify(row: RoutedDeployment): RouteCheck;
  now(): Date;
  onRefused(row: RoutedDeployment, code: string, message: string): void;
  onReachable(reachable: boolean, error: unknown): void;
}
export interface RouteTable {
  /** Reads and verifies the whole table; when it cannot be read, what was verified last stays. */
  refresh(): Promise<void>;
  find(organizationId: string, purpose: string): PurposeRoutes | undefined;
  list(organizationId: string): readonly PurposeRoutes[];
  status(): { readonly routes: number; readonly readAt: Date | null; readonly reachable: boolean };
}

/** The verified routes of one purpose. Without a routed one there is nothing to share. */
export interface PurposeRoutes {
  readonly routed: VerifiedRoute;
  /** Each answers its percentage of the requests, the routed one the rest. */
  readonly canaries: readonly VerifiedRoute[];
  /** Each gets copies of its percentage of the requests; its answers are thrown away. */
  readonly mirrors: readonly VerifiedRoute[];
}

const READ_TIMEOUT_MS = 3000;

export function createRouteTable(options: RouteTableOptions): RouteTable {
  let routes: ReadonlyMap<string, PurposeRoutes> = new Map();
  /** By the row's exact text: an unchanged row is not verified again every second. */
  let checks: ReadonlyMap<string, RouteCheck> = new Map();
  let readAt: Date | null = null;
  let reachable = true;
  let underWay: Promise<void> | undefined;

  const open = (route: VerifiedRoute): boolean => route.expiresAt > options.now();

  function apply(rows: readonly RoutedDeployment[]): void {
    const nextChecks = new Map<string, RouteCheck>();
    const verified: VerifiedRoute[] = [];
    for (const row of rows) {
      const text = JSON.stringify(row);
      const known = checks.get(text);
      const still = known !== undefined && (!known.ok || open(known.route));
      const check = still ? known : options.verify(row);
      nextChecks.set(text, check);
      if (check.ok) verified.push(check.route);
      else if (!still) options.onRefused(row, check.code, check.message);
    }
    [routes, checks] = [byPurpose(verified), nextChecks];
  }

  /** What is open at this moment: a decision may end between two readings. */
  const nowOf = ({ routed, canaries, mirrors }: PurposeRoutes): PurposeRoutes | undefined =>
    open(routed)
      ? { routed, canaries: canaries.filter(open), mirrors: mirrors.filter(open) }
      : undefined;

  async function read(): Promise<void> {
    try {
      apply(await withTimeout(options.read(), READ_TIMEOUT_MS));
      readAt = options.now();
      if (!reachable) options.onReachable((reachable = true), null);
    } catch (error) {
      if (reachable) options.onReachable((reachable = false), error);
    }
  }

  return {
    refresh: () => (underWay ??= read().finally(() => (underWay = undefined))),
    find(organizationId, purpose) {
      const found = routes.get(nameOf(organizationId, purpose));
      return found && nowOf(found);
    },
    list: (organizationId) =>
      [...routes.values()].flatMap((each) =>
        each.routed.organizationId === organizationId ? (nowOf(each) ?? []) : [],
      ),
    status: () => ({ routes: routes.size, readAt, reachable }),
  };
}

/** Who is still without an address takes no part; the routed one answers, or says that it starts. */
function byPurpose(verified: readonly VerifiedRoute[]): Map<string, PurposeRoutes> {
  const found = new Map<string, PurposeRoutes>();
  for (const routed of verified.filter((route) => route.routed)) {
    const others = verified.filter(
      (other) =>
        !other.routed &&
        other.endpoint !== null &&
        other.purpose === routed.purpose &&
        other.organizationId === routed.organizationId,
    );
    found.set(nameOf(routed.organizationId, routed.purpose), {
      routed,
      canaries: others.filter(({ percent }) => percent > 0 && percent < 100),
      mirrors: others.filter(({ mirrorPercent }) => mirrorPercent > 0),
    });
  }
  return found;
}

const nameOf = (organizationId: string, purpose: string): string => `${organizationId} ${purpose}`;
