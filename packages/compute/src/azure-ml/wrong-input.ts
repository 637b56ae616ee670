import { isSafePath } from "@preceptor/domain";
import { z } from "zod";
import { manifestsBinding } from "./manifests.ts";
import { inputPrefix, resumeBinding } from "./names.ts";

const whys = ["folder", "manifest", "missing", "unexpected", "unreadable", "digest"] as const;

/** What the bootstrap wrote of an input that is not as recorded. A program could write here too: nothing that is not plainly a path goes on. */
export const WrongInput = z.object({
  input: z.string().regex(/^[a-z][a-z0-9_]{0,99}$/),
  why: z.enum(whys),
  path: z.string().max(1000).refine(isSafePath).nullable(),
  /** Of the list of its files, by which its folder in the container is named. */
  digest: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
});
export type WrongInput = z.infer<typeof WrongInput>;

export const mostBytes = 8192;

/** null where it cannot be read as one. */
export function readWrongInput(text: string): WrongInput | null {
  try {
    const read = WrongInput.safeParse(JSON.parse(text));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

export function wrongInputMessage(wrong: WrongInput | null): string {
  if (wrong === null) return "An input folder was not there when the program was to begin.";
  const whose =
    wrong.input === resumeBinding ? "the checkpoint to resume from" : `input ${wrong.input}`;
  const folder = wrong.digest === null ? "its folder" : inputPrefix(wrong.digest);
  const restage = `Find out who may write there. To have it copied anew, remove ${folder} and ${folder}.staged, then start the job again.`;
  const file = wrong.path === null ? whose : `${whose}: ${wrong.path}`;
  switch (wrong.why) {
    case "folder":
      return `${file}: its folder was not there when the program was to begin.`;
    case "manifest":
      return `${file}: the list of its files in the target's container is missing or was changed. Find out who may write there, remove the folder that the job in Azure ML names as its input ${manifestsBinding}, then start the job again.`;
    case "missing":
      return `${file}: it is not in the target's container. ${restage}`;
    case "unexpected":
      return `${file}: nobody recorded this file, and it lies among the input's in the target's container. ${restage}`;
    case "unreadable":
      return `${file}: the node could not read it from the target's container.`;
    case "digest":
      return `${file}: its bytes in the target's container are not those its digest names. ${restage}`;
  }
}
