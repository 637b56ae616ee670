import type { Answer } from "./answer.ts";

export interface FakeRequest {
  readonly method: string;
  readonly url: URL;
  readonly params: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Parsed JSON, the fields of a form, or null. */
  readonly body: unknown;
}

export type Handler = (request: FakeRequest) => Answer | Promise<Answer>;

/** `GET /jobs/:name` → what answers it. */
export type Routes = Readonly<Record<string, Handler>>;

interface Route {
  readonly method: string;
  readonly pattern: RegExp;
  readonly handler: Handler;
}

export interface Match {
  readonly handler: Handler;
  readonly params: Record<string, string>;
}

/** Azure takes the fixed parts of its paths in any case. */
export function createRouter(tables: readonly { prefix: string; routes: Routes }[]) {
  const routes: Route[] = tables.flatMap(({ prefix, routes: table }) =>
    Object.entries(table).map(([line, handler]) => {
      const [method = "", path = ""] = line.split(" ");
      const source = `${prefix}${path}`.replaceAll(/:(\w+)/g, "(?<$1>[^/]+)");
      return { method, pattern: new RegExp(`^${source}/?$`, "i"), handler };
    }),
  );
  return (method: string, path: string): Match | null => {
    for (const route of routes) {
      if (route.method !== method) continue;
      const found = route.pattern.exec(path);
      if (found === null) continue;
      const params = Object.entries(found.groups ?? {}).map(([name, value]) => [
        name,
        decodeURIComponent(value),
      ]);
      return { handler: route.handler, params: Object.fromEntries(params) };
    }
    return null;
  };
}
