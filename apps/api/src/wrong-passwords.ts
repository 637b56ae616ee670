import { DomainError } from "@preceptor/domain";

const MOST = 5;
const WINDOW_MS = 15 * 60_000;

/**
 * Whoever holds somebody's session (a browser left open, a token of the CLI) must not find out their password by voting with one
 * guess after the other. A try counts before it is checked, so that many at once are no way around; the right password forgets
 * them. Each process counts for itself, as the limits of signing in do.
 */
export function limitWrongPasswords(now: () => number = Date.now) {
  const tries = new Map<string, number[]>();
  const recentOf = (userId: string): number[] =>
    (tries.get(userId) ?? []).filter((at) => at > now() - WINDOW_MS);

  return async (userId: string, check: () => Promise<boolean>): Promise<boolean> => {
    const recent = recentOf(userId);
    const [oldest] = recent;
    if (recent.length >= MOST && oldest !== undefined) {
      const minutes = Math.ceil((oldest + WINDOW_MS - now()) / 60_000);
      throw new DomainError(
        "quota-exceeded",
        `Too many wrong passwords; nothing was signed. Try again in ${minutes} min.`,
        { field: "password" },
      );
    }
    tries.set(userId, [...recent, now()]);
    const right = await check();
    if (right) tries.delete(userId);
    return right;
  };
}
