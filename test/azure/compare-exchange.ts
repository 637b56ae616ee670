import { pathToFileURL } from "node:url";
import { toolFile } from "@preceptor/storage/testing/tools";
import type { Exchange } from "../fake-azure/index.ts";
import { specification } from "./description.ts";

/** Where an accepted operation is followed; the description names the header, not the address. */
const follows = /Operations?(Status|Results)\//;

/** Azure lets a caller wait ten seconds at least; a fake that did would make every test that slow. */
const hurried = /\/headers\/retry-after$/;

/** What is used of oav: its own types are not there before the tests' tools are installed. */
interface LiveValidator {
  initialize(): Promise<void>;
  validateLiveRequest(asked: object): Promise<Result>;
  validateLiveResponse(answered: object, operation: object): Promise<Result>;
}
interface Result {
  readonly errors: readonly { code: string; message: string; pathsInPayload: string[] }[];
  readonly runtimeException?: { readonly message: string };
}

let opening: Promise<LiveValidator> | null = null;

/** A line for each thing in these exchanges that is not as the description has it. */
export async function compareAll(exchanges: readonly Exchange[]): Promise<readonly string[]> {
  const validator = await (opening ??= open());
  const found = new Set<string>();
  for (const exchange of exchanges)
    if (!follows.test(exchange.url))
      for (const line of await compare(validator, exchange)) found.add(line);
  return [...found];
}

async function open(): Promise<LiveValidator> {
  const program = toolFile("oav/dist/lib/liveValidation/liveValidator.js");
  const { LiveValidator }: { LiveValidator: new (options: object) => LiveValidator } = await import(
    pathToFileURL(program).href
  );
  const validator = new LiveValidator({
    directory: specification,
    git: { shouldClone: false },
    swaggerPathsPattern: ["machinelearningservices/**/stable/2024-04-01/*.json"],
    loadValidatorInInitialize: false,
    isArmCall: true,
  });
  await validator.initialize();
  return validator;
}

async function compare(validator: LiveValidator, exchange: Exchange): Promise<string[]> {
  const { method, status } = exchange;
  const url = new URL(exchange.url);
  // The description knows one host; which one answered is nothing it says.
  const official = `https://management.azure.com${url.pathname}${url.search}`;
  const asked = await validator.validateLiveRequest({
    url: official,
    method,
    headers: { "content-type": "application/json", ...exchange.requestHeaders },
    query: Object.fromEntries(url.searchParams),
    ...(exchange.requestBody === null ? {} : { body: asObject(exchange.requestBody) }),
  });
  const request = linesOf(`${method} ${shortOf(url)}`, asked);
  if (exchange.fault !== null) return request;
  const answered = await validator.validateLiveResponse(
    {
      statusCode: String(status),
      headers: exchange.responseHeaders,
      ...(exchange.responseBody === undefined ? {} : { body: asObject(exchange.responseBody) }),
    },
    { url: official, method },
  );
  return [...request, ...linesOf(`${method} ${shortOf(url)} → ${status}`, answered)];
}

function linesOf(what: string, { errors, runtimeException }: Result): string[] {
  const broken = runtimeException === undefined ? [] : [`${what}: ${runtimeException.message}`];
  const meant = errors.filter(
    ({ code, pathsInPayload: [path = ""] }) => code !== "MINIMUM" || !hurried.test(path),
  );
  const said = meant.map(({ code, message, pathsInPayload }) => {
    const where = pathsInPayload.length === 0 ? "" : ` at ${pathsInPayload.join(", ")}`;
    return `${what}: ${code}${where}: ${message}`;
  });
  return [...broken, ...said];
}

const asObject = (body: unknown): Record<string, unknown> =>
  typeof body === "object" && body !== null ? { ...body } : { value: body };

/** Below the workspace or the region, so that the same violation of many names is still found. */
const shortOf = ({ pathname }: URL): string =>
  pathname.replace(/^.*\/(workspaces|locations)\/[^/]+/, "");
