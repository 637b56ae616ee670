import { checkpoint } from "@preceptor/db";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { aTrainedModel } from "../testing/a-trained-model.ts";
import { aWorld } from "../testing/index.ts";
import { transaction } from "../transaction.ts";
import { getModel, listModels, registerModel } from "./index.ts";

test("versions stay consecutive when two register at once, and a checkpoint is one version however often it is registered", async () => {
  const world = await aWorld();
  const ada = await world.aMember("Ada", "engineer");
  const made = await Promise.all([1, 2, 3].map(() => aTrainedModel(world, ada, "summary")));
  expect(made.map((one) => one.version).sort()).toEqual([1, 2, 3]);

  const again = await registerModel(world.system, {
    checkpointId: made[0]!.checkpointId,
    name: "summary",
    description: "",
  });
  expect(again.id).toBe(made[0]!.id);
  const elsewhere = await registerModel(world.system, {
    checkpointId: made[0]!.checkpointId,
    name: "renamed",
    description: "",
  });
  expect(elsewhere).toMatchObject({ version: 1, createdBy: { id: ada.caller.userId } });
  const page = await listModels(ada, { limit: 1 });
  expect(page.items).toMatchObject([{ name: "renamed", latestVersion: 1, servingPurposes: [] }]);
  const next = await listModels(ada, { limit: 1, cursor: page.nextCursor! });
  expect(next.items).toMatchObject([{ name: "summary", versions: 3 }]);
  expect((await getModel(ada, { name: "summary" })).version.version).toBe(3);
});

test("a refused checkpoint becomes no model, and a board member may not register one", async () => {
  const world = await aWorld();
  const ada = await world.aMember("Ada", "engineer");
  const bob = await world.aMember("Bob", "board");
  const { checkpointId } = await aTrainedModel(world, ada, "summary");
  const input = { checkpointId, name: "other", description: "" };
  await expect(registerModel(bob, input)).rejects.toMatchObject({ code: "forbidden" });
  await transaction(ada, (tx) =>
    tx
      .update(checkpoint)
      .set({ state: "refused", refusal: "a pickle file" })
      .where(eq(checkpoint.id, checkpointId)),
  );
  await expect(registerModel(ada, input)).rejects.toThrow(/a pickle file/);
});
