import { createHmac } from "node:crypto";

/** Tells this use of the key from any other, and this way of deriving from a later one. */
const LABEL = "preceptor serving token v1";
const SHORTEST_KEY = 32;

/**
 * The bearer of each served model, by its deployment's id: whoever holds the installation's serving key makes the same one, so that none
 * is ever kept or handed over. Throws where the key is too short to be a secret.
 */
export function createServingTokens(servingKey: string): (deploymentId: string) => string {
  const key = servingKey.trim();
  if (key.length < SHORTEST_KEY)
    throw new Error(
      `The serving key must be ${SHORTEST_KEY} characters or more: openssl rand -hex 32.`,
    );
  return (deploymentId) =>
    createHmac("sha256", key).update(`${LABEL}\n${deploymentId}`).digest("base64url");
}
