/** Which rooms a room may import, as the design's table has it. `main` is for what starts a process: only its
 * `main.ts` takes values from there, the rest at most types. */
export type Room = {
  imports: readonly string[];
  main?: readonly string[];
  types?: readonly string[];
};

export const rooms: Readonly<Record<string, Room>> = {
  domain: { imports: [] },
  db: { imports: ["domain"] },
  azure: { imports: ["domain"] },
  "python-environment": { imports: ["domain"] },
  compute: { imports: ["domain", "azure", "python-environment"] },
  storage: { imports: ["domain", "azure"] },
  serving: { imports: ["domain", "azure", "python-environment"] },
  tracking: { imports: ["domain", "db"] },
  attest: { imports: ["domain"] },
  telemetry: { imports: [] },
  services: { imports: ["domain", "db", "tracking", "attest", "compute", "storage", "serving"] },
  api: {
    imports: ["services", "domain", "telemetry"],
    main: ["db", "tracking", "azure", "compute", "storage"],
  },
  worker: {
    imports: ["services", "domain", "telemetry", "compute", "storage", "serving"],
    main: ["db", "azure"],
  },
  gateway: { imports: ["services", "domain", "attest", "telemetry"], main: ["db", "azure"] },
  admin: { imports: ["domain"], types: ["api"] },
  cli: { imports: ["domain", "attest"], types: ["api"] },
  scripts: { imports: ["domain", "db", "python-environment", "services", "test"], types: ["api"] },
  test: {
    imports: [
      "attest",
      "azure",
      "compute",
      "domain",
      "db",
      "python-environment",
      "services",
      "serving",
      "storage",
    ],
    types: ["api"],
  },
};

/** Everything a room may depend on, directly or through another room: what `turbo boundaries` compares with. */
export function reachable(name: string): readonly string[] {
  const { imports = [], main = [], types = [] } = rooms[name] ?? {};
  const direct = [...imports, ...main, ...types];
  return [...new Set([...direct, ...direct.flatMap(reachable)])].toSorted();
}
