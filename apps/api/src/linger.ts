import type { FastifyReply, FastifyRequest } from "fastify";

const LINGER_MS = 3_000;

/**
 * For a refusal while the client is still sending: closing at once would reset the connection, and the client would see that
 * instead of the reason. What still comes is thrown away for a moment; who goes on after that is cut off.
 */
export function linger({ raw }: FastifyRequest, reply: FastifyReply): void {
  if (raw.complete) return;
  reply.removeHeader("connection");
  raw.resume();
  // A request that was destroyed, now or in the meantime, knows its socket no more.
  const socket: typeof raw.socket | null = raw.socket;
  setTimeout(() => {
    if (!raw.complete) socket?.destroy();
  }, LINGER_MS).unref();
}
