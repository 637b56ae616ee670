import {
  chooseImage,
  chooseMachine,
  DomainError,
  type ChoiceFault,
  type Machine,
  type Tier,
} from "@preceptor/domain";
import type { AzureMlTarget } from "./target.ts";

/** What a job names of its machines and its image. */
export interface Wish {
  readonly tier: Tier;
  readonly instanceType?: string | undefined;
  readonly image?: string | undefined;
}
export interface Choice {
  readonly machine: Machine;
  readonly image: string;
}

/** What a wish comes to by the target's settings as they are now; they may have changed since the job was accepted. */
export function choiceOf(target: AzureMlTarget, wish: Wish): Choice | ChoiceFault {
  const machine = chooseMachine("this target", target, wish);
  const image = chooseImage("this target", target, wish.image);
  if ("field" in machine) return machine;
  return typeof image === "string" ? { machine, image } : image;
}

export function mustChoose(target: AzureMlTarget, wish: Wish): Choice {
  const choice = choiceOf(target, wish);
  if ("field" in choice)
    throw new DomainError("invalid", choice.message, { field: `compute.${choice.field}` });
  return choice;
}
