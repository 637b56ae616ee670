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
  find(organizationId: string, purpose: string): VerifiedRoute | undefined;
  list(organizationId: string): readonly VerifiedRoute[];
  status(): { readonly routes: number; readonly readAt: Date | null; readonly reachable: boolean };
}

const READ_TIMEOUT_MS = 3000;

export function createRouteTable(options: RouteTableOptions): RouteTable {
  let routes: ReadonlyMap<string, VerifiedRoute> = new Map();
  /** By the row's exact text: an unchanged row is not verified again every second. */
  let checks: ReadonlyMap<string, RouteCheck> = new Map();
  let readAt: Date | null = null;
  let reachable = true;
  let underWay: Promise<void> | undefined;

  const open = (route: VerifiedRoute): boolean => route.expiresAt > options.now();

  function apply(rows: readonly RoutedDeployment[]): void {
    const [nextRoutes, nextChecks] = [
      new Map<string, VerifiedRoute>(),
      new Map<string, RouteCheck>(),
    ];
    for (const row of rows) {
      const text = JSON.stringify(row);
      const known = checks.get(text);
      const still = known !== undefined && (!known.ok || open(known.route));
      const check = still ? known : options.verify(row);
      nextChecks.set(text, check);
      if (check.ok) nextRoutes.set(nameOf(row.organizationId, row.purpose), check.route);
      else if (!still) options.onRefused(row, check.code, check.message);
    }
    [routes, checks] = [nextRoutes, nextChecks];
  }

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
      const route = routes.get(nameOf(organizationId, purpose));
      return route !== undefined && open(route) ? route : undefined;
    },
    list: (organizationId) =>
      [...routes.values()].filter(
        (route) => route.organizationId === organizationId && open(route),
      ),
    status: () => ({ routes: routes.size, readAt, reachable }),
  };
}

const nameOf = (organizationId: string, purpose: string): string => `${organizationId} ${purpose}`;
