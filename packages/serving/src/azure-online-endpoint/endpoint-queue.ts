/**
 * Azure allows one operation at a time on an endpoint and its deployments: ours stand in line for it. Only those of this process do.
 * Between processes Azure itself says who is first: the other gets 409, waits, and reads anew before it writes.
 */
export interface EndpointQueue {
  run<T>(endpoint: string, operation: () => Promise<T>): Promise<T>;
  /** null, at once, when one of ours is under way. */
  tryRun<T>(endpoint: string, operation: () => Promise<T>): Promise<T | null>;
}

export function makeEndpointQueue(): EndpointQueue {
  const last = new Map<string, Promise<unknown>>();
  function run<T>(endpoint: string, operation: () => Promise<T>): Promise<T> {
    const before = last.get(endpoint) ?? Promise.resolve();
    const mine = before.then(operation, operation);
    const settled = mine.then(nothing, nothing);
    last.set(endpoint, settled);
    void settled.then(() => {
      if (last.get(endpoint) === settled) last.delete(endpoint);
    });
    return mine;
  }
  return {
    run,
    tryRun: async (endpoint, operation) => (last.has(endpoint) ? null : run(endpoint, operation)),
  };
}

const nothing = (): void => {};
