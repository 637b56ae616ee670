"""A resumed run is the run that was not stopped, from checkpoints without pickles. Needs torch; skipped without it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("torch", reason="torch is not installed: no training in this environment")
pytest.importorskip("transformers", reason="transformers is not installed")

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "synthetic"))

from generate import generate  # noqa: E402

PICKLES = {".bin", ".pt", ".pth", ".ckpt", ".pkl"}
SMALL = {"max_steps": 6, "save_steps": 3, "eval_steps": 3, "logging_steps": 1, "hidden_size": 32, "layers": 1, "vocab_size": 400}


def run(data: Path, work: Path, resume: Path | None = None) -> list[dict]:
    work.mkdir()
    (work / "parameters.json").write_text(json.dumps(SMALL))
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PRECEPTOR_", "MLFLOW_"))} | {
        "PRECEPTOR_PARAMETERS": str(work / "parameters.json"),
        "PRECEPTOR_INPUT_TRAIN": str(data / "timelines/train"), "PRECEPTOR_INPUT_VALIDATION": str(data / "timelines/validation"),
        "PRECEPTOR_CHECKPOINT_DIR": str(work / "checkpoints"), "PRECEPTOR_OUTPUT_DIR": str(work / "output"),
        "HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": "1",
    } | ({"PRECEPTOR_RESUME_FROM": str(resume)} if resume else {})
    subprocess.run([sys.executable, "main.py"], cwd=ROOT / "pretrain", env=environment, check=True, timeout=300)
    state = json.loads((work / "checkpoints/checkpoint-6/trainer_state.json").read_text())
    return [{"step": entry["step"], "loss": entry["loss"]} for entry in state["log_history"] if "loss" in entry]


def test_resuming_goes_on_exactly_and_nothing_written_is_a_pickle(tmp_path: Path) -> None:
    generate(7, tmp_path / "data", 200)
    whole = run(tmp_path / "data", tmp_path / "whole")
    resumed = run(tmp_path / "data", tmp_path / "resumed", tmp_path / "whole/checkpoints/checkpoint-3")
    assert [entry["step"] for entry in resumed] == [1, 2, 3, 4, 5, 6]
    assert resumed == whole
    weights = [tmp_path / name / "output/model/model.safetensors" for name in ("whole", "resumed")]
    assert weights[0].read_bytes() == weights[1].read_bytes()
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert not [path.name for path in written if path.suffix in PICKLES]
