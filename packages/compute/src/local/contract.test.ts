import { computeContract, type Behaviour } from "../contract/index.ts";
import { localWorld } from "./test-world.ts";

const programs: Readonly<Record<Behaviour, string>> = {
  succeeds: `
import os, pathlib
print("begun")
for variable, path in (("CHECKPOINT", "checkpoint-1/model.safetensors"), ("OUTPUT", "model/config.json")):
    file = pathlib.Path(os.environ[f"PRECEPTOR_{variable}_DIR"]) / path
    file.parent.mkdir(parents=True)
    file.write_text("{}")
`,
  fails: "raise SystemExit(3)",
  "runs-on": "import time\nwhile True: time.sleep(1)",
};

computeContract("local", async () => {
  const world = await localWorld();
  return {
    provider: world.provider,
    reopen: async () => world.reopen(),
    spec: (behaviour) => world.python(programs[behaviour]),
    close: world.close,
  };
});
