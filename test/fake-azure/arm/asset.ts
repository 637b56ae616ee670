import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { notFound, ok, userError, type Answer } from "../answer.ts";
import type { Collection } from "../collection.ts";
import type { FakeRequest, Routes } from "../router.ts";
import type { AssetDocument } from "../state.ts";
import type { World } from "../world.ts";
import { assetResource } from "./resource.ts";

const Body = z.looseObject({ properties: z.record(z.string(), z.unknown()) });

export interface AssetNoun {
  /** As in the path: `codes`. */
  readonly noun: string;
  readonly versions: Collection<AssetDocument>;
  /** What may never change once a version exists. */
  readonly frozen: readonly string[];
  /** Throws a refusal when the service would not take it. */
  check(properties: Readonly<Record<string, unknown>>): void;
}

/** GET and PUT of one version: the same for code, environments and models. */
export const assetRoutes = (world: World, asset: AssetNoun): Routes => ({
  [`GET /${asset.noun}/:name/versions/:version`]: (request) =>
    ok(assetResource(world, asset.noun, find(asset, request))),
  [`PUT /${asset.noun}/:name/versions/:version`]: (request) => put(world, asset, request),
  [`DELETE /${asset.noun}/:name/versions/:version`]: ({ params }) =>
    asset.versions.delete(`${params["name"]}:${params["version"]}`)
      ? { status: 200 }
      : { status: 204 },
});

function find({ noun, versions }: AssetNoun, { params }: FakeRequest): AssetDocument {
  const found = versions.get(`${params["name"]}:${params["version"]}`);
  if (found === undefined)
    throw notFound(`${noun} ${params["name"]}, version ${params["version"]},`);
  return found;
}

function put(world: World, asset: AssetNoun, { params, body }: FakeRequest): Answer {
  const { name = "", version = "" } = params;
  if (!/^[A-Za-z0-9][\w-]{0,254}$/.test(name)) throw userError(`The name ${name} is not valid.`);
  const parsed = Body.safeParse(body);
  if (!parsed.success) throw userError("The request has no properties.");
  const { properties } = parsed.data;
  asset.check(properties);
  const before = asset.versions.get(`${name}:${version}`);
  for (const field of asset.frozen)
    if (before && !isDeepStrictEqual(before.properties[field] ?? null, properties[field] ?? null))
      throw userError(
        `A version ${version} of ${name} already exists and its ${field} cannot be changed: create a new version.`,
        409,
      );
  const now = new Date().toISOString();
  const createdAt = before?.createdAt ?? now;
  const document = {
    id: `${name}:${version}`,
    name,
    version,
    properties,
    createdAt,
    modifiedAt: now,
  };
  asset.versions.put(document);
  return { status: before ? 200 : 201, body: assetResource(world, asset.noun, document) };
}
