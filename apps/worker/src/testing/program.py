"""A training program for tests: standard library only, told by its parameters what to do."""

import json
import os
import struct
import sys
import time

with open(os.environ["PRECEPTOR_PARAMETERS"]) as file:
    parameters = json.load(file)
notes = parameters["notes"]
resumed = os.environ.get("PRECEPTOR_RESUME_FROM")


def note(name: str, text: str) -> None:
    with open(os.path.join(notes, name), "a") as file:
        file.write(text + "\n")


def save(folder: str, step: int, cut: int = 0) -> None:
    os.makedirs(folder)
    header = json.dumps({"w": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]}}).encode()
    data = struct.pack("<Q", len(header)) + header + struct.pack("<2f", step, step)
    with open(os.path.join(folder, "model.safetensors"), "wb") as file:
        file.write(data[: len(data) - cut])


def checkpoint(step: int) -> str:
    return os.path.join(os.environ["PRECEPTOR_CHECKPOINT_DIR"], f"checkpoint-{step}")


note("started", os.environ["PRECEPTOR_ATTEMPT_ID"])
note("pid", str(os.getpid()))
note("token", os.environ["MLFLOW_TRACKING_TOKEN"])
note("resumed", os.path.basename(resumed) if resumed else "none")

if parameters.get("torn"):
    save(checkpoint(1), 1, cut=3)
if parameters.get("pickle"):
    save(checkpoint(2), 2)
    open(os.path.join(checkpoint(2), "optimizer.pt"), "wb").write(b"pickle")
if parameters.get("step") and not resumed:
    save(checkpoint(int(parameters["step"])), int(parameters["step"]))
if parameters.get("wait") and not resumed:
    while not os.path.exists(os.path.join(notes, "go")):
        time.sleep(0.05)
if parameters.get("fill"):
    # Holes count as the bytes they stand for, and cost the test no disk.
    with open(os.path.join(os.environ["PRECEPTOR_OUTPUT_DIR"], "big"), "wb") as file:
        file.truncate(int(parameters["fill"]))
    time.sleep(600)
if parameters.get("flood"):
    sys.stdout.write(("x" * 99 + "\n") * (int(parameters["flood"]) // 100))
if parameters.get("exit"):
    print("it did not work", flush=True)
    sys.exit(int(parameters["exit"]))
if parameters.get("model"):
    save(os.path.join(os.environ["PRECEPTOR_OUTPUT_DIR"], "model"), 9)
