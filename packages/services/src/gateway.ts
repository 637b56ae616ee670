/* What the gateway needs and nothing more: it must start and go on without the rest of the control plane. */
export { servedKeyDigest, verifyServedKey, type ServedKey } from "./access/verify-served-key.ts";
export { readRoutes, type RoutedDeployment } from "./deployment/read-routes.ts";
export { recordServedRequests, type ServedRequest } from "./deployment/record-served-requests.ts";
