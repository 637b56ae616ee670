export {
  connect,
  type ConnectOptions,
  type Connection,
  type Database,
  type Transaction,
} from "./connect.ts";
export { refuseUnboundRole } from "./bound-role.ts";
export { startEmbedded, type EmbeddedOptions, type EmbeddedPostgres } from "./embedded.ts";
export {
  claimDue,
  releaseLease,
  renewLease,
  type ClaimOptions,
  type Lease,
  type LeasedNoun,
} from "./lease.ts";
export { migrate } from "./migrate.ts";
export { prepareDatabase } from "./prepare.ts";
export { APP_ROLE, OWNER_ROLE, ensureAppRole, ensureDatabase, type DatabaseUrls } from "./roles.ts";
export { sessionLocks, type SessionLocks } from "./session-locks.ts";
export * from "./tables/index.ts";
