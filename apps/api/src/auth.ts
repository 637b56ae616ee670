import { composeId } from "@preceptor/domain";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { betterAuth } from "better-auth/minimal";
import { bearer, deviceAuthorization } from "better-auth/plugins";
import { randomBytes, randomUUID } from "node:crypto";

/** Who asks, told to the rate limit by us and never by a header of the client's. */
export const CLIENT_ADDRESS_HEADER = "x-preceptor-client-address";

export interface AuthDeps {
  readonly db: Parameters<typeof drizzleAdapter>[0];
  /** Our tables under better-auth's names. */
  readonly tables: Record<string, unknown>;
  readonly secret: string;
  readonly publicUrl: string;
  readonly trustedOrigins: readonly string[];
  readonly warn: (message: string) => void;
  /** How passwords are kept; better-auth's scrypt (N 16384, r 16, p 1), unless a test has hundreds of them. */
  readonly passwords?: {
    hash(password: string): Promise<string>;
    verify(data: { hash: string; password: string }): Promise<boolean>;
  };
}
export interface Session {
  readonly user: { id: string; name: string; email: string };
  readonly session: { id: string; activeOrganizationId?: string | null | undefined };
}
/** All the edge needs of better-auth. */
export interface Auth {
  handler(request: Request): Promise<Response>;
  getSession(headers: Headers): Promise<Session | null>;
  hashPassword(password: string): Promise<string>;
  /** Wrong ones are counted by person; too many and even the right one waits. */
  confirmPassword(userId: string, password: string): Promise<boolean>;
}

/**
 * Sign-in by email and password, sessions (cookie, or bearer for the CLI) and the device flow. People, roles, organizations and
 * keys are changed by our own verbs, which record who did it; better-auth's routes for those are not reachable (auth-routes.ts).
 */
export function createAuth(deps: AuthDeps): Auth {
  const auth = betterAuth({
    appName: "Preceptor",
    baseURL: deps.publicUrl,
    basePath: "/api/auth",
    secret: deps.secret,
    trustedOrigins: [...deps.trustedOrigins],
    database: drizzleAdapter(deps.db, { provider: "pg", schema: deps.tables }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: 10,
      maxPasswordLength: 128,
      ...(deps.passwords && { password: deps.passwords }),
    },
    session: {
      expiresIn: 7 * 24 * 3600,
      updateAge: 3600,
      additionalFields: {
        activeOrganizationId: { type: "string", required: false, input: false },
      },
    },
    plugins: [
      bearer(),
      deviceAuthorization({
        verificationUri: `${deps.publicUrl}/device`,
        expiresIn: "10m",
        interval: "2s",
        validateClient: (clientId) => clientId === "preceptor-cli",
      }),
    ],
    rateLimit: {
      enabled: true,
      window: 60,
      max: 300,
      customRules: {
        "/sign-in/email": { window: 60, max: 30 },
        "/device/code": { window: 60, max: 20 },
        "/device/approve": { window: 60, max: 20 },
      },
    },
    advanced: {
      useSecureCookies: deps.publicUrl.startsWith("https:"),
      cookiePrefix: "preceptor",
      database: {
        generateId: ({ model }) =>
          model === "user" ? composeId("user", Date.now(), randomBytes(10)) : randomUUID(),
      },
      ipAddress: { ipAddressHeaders: [CLIENT_ADDRESS_HEADER] },
    },
    telemetry: { enabled: false },
    logger: { level: "error", log: (_level, message) => deps.warn(message) },
  });
  return {
    handler: (request) => auth.handler(request),
    getSession: (headers) => auth.api.getSession({ headers }),
    hashPassword: async (password) => (await auth.$context).password.hash(password),
    async confirmPassword(userId, password) {
      const { internalAdapter, password: passwords } = await auth.$context;
      const accounts = await internalAdapter.findAccounts(userId);
      const hash = accounts.find((a) => a.providerId === "credential")?.password;
      return typeof hash === "string" && passwords.verify({ hash, password });
    },
  };
}
