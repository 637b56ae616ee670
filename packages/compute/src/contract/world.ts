import type { AttemptSpec, ComputeProvider } from "../provider.ts";

/** What a contract's program does; an adapter's world knows how to make its provider run it. */
export type Behaviour =
  /** Prints `begun`, writes `checkpoint-1/model.safetensors` and `model/config.json`, ends with 0. */
  | "succeeds"
  /** Ends with exit code 3. */
  | "fails"
  /** Goes on until it is ended. */
  | "runs-on"
  /** Prints 3000 times `é` in lines of 60, then ends with 0. */
  | "prints-much"
  /** Writes an output of 300 000 bytes, then goes on until it is ended. */
  | "fills-disk";

export type Limits = Partial<Pick<AttemptSpec, "diskQuotaBytes" | "logLimitBytes">>;

/** One provider with a place of its own, made for one test. */
export interface ContractWorld {
  readonly provider: ComputeProvider;
  /** The same place through a new adapter, as after a restart of the worker. */
  reopen(): Promise<ComputeProvider>;
  spec(behaviour: Behaviour, limits?: Limits): Promise<AttemptSpec>;
  close(): Promise<void>;
}

/** Each behaviour as a Python program of one file: a job that runs on one provider runs on another. */
export const behaviours: Readonly<Record<Behaviour, string>> = {
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
  "prints-much": `
import sys
for line in range(50): sys.stdout.buffer.write(("é" * 59 + "\\n").encode())
`,
  "fills-disk": `
import os, pathlib, time
(pathlib.Path(os.environ["PRECEPTOR_OUTPUT_DIR"]) / "large.bin").write_bytes(bytes(300_000))
while True: time.sleep(1)
`,
};
