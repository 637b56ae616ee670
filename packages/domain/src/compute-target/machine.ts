import type { Tier } from "./price.ts";

/** A kind of machine that jobs may have at a target. */
export interface Machine {
  /** The provider's name; null where only the provider knows it. */
  readonly instanceType: string | null;
  /** null where only the provider knows it: a job's wish is compared there, before the start. */
  readonly tier: Tier | null;
  /** Where they are; null for machines that are started for a job alone and given back after it. */
  readonly cluster: string | null;
}
/** What a job says of its machines. */
export interface MachineWish {
  readonly tier: Tier;
  readonly instanceType?: string | undefined;
}
/** The part of a target's settings that says which machines there are. */
export interface MachineSettings {
  readonly cluster: string;
  readonly instanceType?: string | undefined;
  readonly tier?: Tier | undefined;
  readonly machines?: readonly Machine[] | undefined;
  readonly prices: readonly { readonly instanceType: string }[];
}
export interface ImageSettings {
  readonly image: string;
  readonly images?: readonly string[] | undefined;
}
/** Which part of `compute` cannot be had, and what to do about it. */
export interface ChoiceFault {
  readonly field: "instanceType" | "tier" | "image";
  readonly message: string;
}

/** What a job gets that names none, and then what else it may name: each kind and tier is there once. */
export const machinesAt = (settings: MachineSettings): readonly [Machine, ...Machine[]] => [
  {
    instanceType: settings.instanceType ?? settings.prices[0]?.instanceType ?? null,
    tier: settings.tier ?? null,
    cluster: settings.cluster,
  },
  ...(settings.machines ?? []),
];

/** The default first. */
export const imagesAt = ({ image, images }: ImageSettings): readonly [string, ...string[]] => [
  image,
  ...(images ?? []),
];

/** Names of machines are compared as their provider does, without regard to case. */
export const sameMachine = (a: string | null, b: string | null): boolean =>
  a === b || (a !== null && b !== null && a.toLowerCase() === b.toLowerCase());

/** The machines a job gets at a target called `name`; a wish that it cannot keep is a fault. */
export function chooseMachine(
  name: string,
  settings: MachineSettings,
  wish: MachineWish,
): Machine | ChoiceFault {
  const all = machinesAt(settings);
  const [first] = all;
  const wanted = wish.instanceType ?? first.instanceType;
  const kind =
    wish.instanceType === undefined && wanted === null
      ? [first]
      : all.filter((one) => sameMachine(one.instanceType, wanted));
  const found = kind.find(({ tier }) => tier === null || tier === wish.tier);
  if (found) return found;
  if (kind.length === 0) return { field: "instanceType", message: noSuchKind(name, wish, all) };
  const elsewhere = all.filter(({ tier }) => tier === wish.tier).flatMap(kindOf);
  const [only] = kind.flatMap(({ tier }) => (tier === null ? [] : [tier]));
  return {
    field: "tier",
    message: `On ${name} there are ${only} machines only${wanted === null ? "" : ` of ${wanted}`}: set compute.tier to ${only}${
      elsewhere.length === 0
        ? ", or choose another target."
        : `, or choose another compute.instanceType: ${wish.tier} are ${elsewhere.join(", ")}.`
    }`,
  };
}

function noSuchKind(name: string, { instanceType }: MachineWish, all: readonly Machine[]): string {
  const kinds = [...new Set(all.flatMap(kindOf))];
  return kinds.length === 0
    ? `Which machines ${name} has is not in its settings, so none can be chosen: leave compute.instanceType out.`
    : `There is no ${instanceType} for jobs on ${name}: choose ${kinds.join(" or ")}, or ask an operator to allow it.`;
}
const kindOf = ({ instanceType }: Machine): string[] =>
  instanceType === null ? [] : [instanceType];

/** The image a job runs on at a target called `name`; one that it does not allow is a fault. */
export function chooseImage(
  name: string,
  settings: ImageSettings,
  wish: string | undefined,
): string | ChoiceFault {
  const all = imagesAt(settings);
  const [first] = all;
  if (wish === undefined) return first;
  if (all.includes(wish)) return wish;
  return {
    field: "image",
    message: `There is no image ${wish} for jobs on ${name}: choose ${all.join(" or ")}, leave compute.image out, or ask an operator to allow it.`,
  };
}
