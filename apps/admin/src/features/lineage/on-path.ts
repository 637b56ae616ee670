interface Edge {
  readonly from: string;
  readonly to: string;
}

/** Ids on a path through the focus: everything it came from and everything that came of it, not its siblings. */
export function onPath(focus: string, edges: readonly Edge[]): ReadonlySet<string> {
  const reach = (near: "from" | "to", far: "from" | "to"): Set<string> => {
    const found = new Set([focus]);
    const waiting = [focus];
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop())
      for (const edge of edges)
        if (edge[near] === id && !found.has(edge[far])) {
          found.add(edge[far]);
          waiting.push(edge[far]);
        }
    return found;
  };
  return new Set([...reach("to", "from"), ...reach("from", "to")]);
}
