import { z } from "zod";

const PlaceName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._()-]{0,89}$/);
/** An endpoint by its coordinates: whoever may, asks the place for the endpoint's key. */
export const EndpointPlace = z.strictObject({
  subscriptionId: PlaceName,
  resourceGroup: PlaceName,
  workspace: PlaceName,
  region: z.string().regex(/^[a-z0-9]{1,40}$/),
  endpoint: z.string().regex(/^[A-Za-z][A-Za-z0-9-]{1,30}[A-Za-z0-9]$/),
});
export type EndpointPlace = z.infer<typeof EndpointPlace>;

/** Where a caller finds what an endpoint wants as its bearer. It names a source and is never the secret itself. */
export const EndpointBearer = z.discriminatedUnion("from", [
  /** Follows from the installation's serving key and the deployment's id. */
  z.strictObject({ from: z.literal("installation") }),
  /** A token for the caller's own identity. */
  z.strictObject({ from: z.literal("identity"), scope: z.string().min(1).max(200) }),
  /** The endpoint's own key, which its place tells to whom it trusts. */
  z.strictObject({ from: z.literal("endpoint-key"), place: EndpointPlace }),
]);
export type EndpointBearer = z.infer<typeof EndpointBearer>;

export const EndpointAccess = z.strictObject({
  bearer: EndpointBearer,
  /** Headers that name this very deployment. */
  headers: z.record(z.string().max(100), z.string().max(500)),
});
export type EndpointAccess = z.infer<typeof EndpointAccess>;
