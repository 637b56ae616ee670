"""Every recipe.yaml says what it must, and wrong input ends a recipe with one clear line."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

yaml = pytest.importorskip("yaml", reason="PyYAML is not installed")

ROOT = Path(__file__).resolve().parent.parent
RECIPES = sorted(path.parent for path in ROOT.glob("*/recipe.yaml"))


@pytest.mark.parametrize("folder", RECIPES, ids=lambda folder: folder.name)
def test_recipe_is_complete(folder: Path) -> None:
    recipe = yaml.safe_load((folder / "recipe.yaml").read_text(encoding="utf-8"))
    assert recipe["kind"] in {"pretrain", "fine-tune", "evaluate", "serve"}
    assert recipe["output"] in {"model", "evaluation", "none"}
    assert isinstance(recipe["version"], int) and recipe["name"] and recipe["title"] and recipe["description"]
    assert (folder / recipe["entry"]).is_file() and (folder / recipe["requirements"]).is_file()
    assert all((folder / sibling).is_dir() for sibling in recipe["siblings"])
    assert all(each["type"] in {"dataset", "model"} and each["description"] for each in recipe["inputs"].values())
    assert recipe["parameters"]["additionalProperties"] is False
    for name, rule in recipe["parameters"]["properties"].items():
        assert {"type", "title", "description", "default"} <= set(rule), name
        assert rule["default"] >= rule["minimum"] and rule["default"] <= rule["maximum"] if "minimum" in rule else True, name


def refusal(recipe: str, tmp_path: Path, parameters: dict, **environment: str) -> str:
    (tmp_path / "parameters.json").write_text(json.dumps(parameters))
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("PRECEPTOR_", "MLFLOW_"))}
    done = subprocess.run(
        [sys.executable, "main.py"], cwd=ROOT / recipe, capture_output=True, text=True, timeout=60, check=False,
        env={**clean, "PRECEPTOR_PARAMETERS": str(tmp_path / "parameters.json"), **environment},
    )
    assert done.returncode == 2 and done.stderr.count("\n") == 1
    return done.stderr


def test_an_unknown_parameter_is_named(tmp_path: Path) -> None:
    assert "parameter 'learning_rat' is not one of" in refusal("pretrain", tmp_path, {"learning_rat": 1})


def test_a_parameter_out_of_range_is_named(tmp_path: Path) -> None:
    assert "parameter 'lora_rank' must be at least 1" in refusal("lora-sft", tmp_path, {"lora_rank": 0})


def test_a_missing_input_is_named(tmp_path: Path) -> None:
    assert "PRECEPTOR_INPUT_TRAIN is not set" in refusal("pretrain", tmp_path, {})


def test_an_empty_input_is_named(tmp_path: Path) -> None:
    (tmp_path / "part-0.jsonl").write_text("")
    assert "input 'train' has no rows: part-0.jsonl is empty" in refusal("pretrain", tmp_path, {}, PRECEPTOR_INPUT_TRAIN=str(tmp_path))


def test_a_missing_field_is_named_without_its_row(tmp_path: Path) -> None:
    (tmp_path / "part-0.jsonl").write_text('{"text":"a"}\n{"note":"secret"}\n')
    said = refusal("pretrain", tmp_path, {}, PRECEPTOR_INPUT_TRAIN=str(tmp_path))
    assert "input 'train', part-0.jsonl line 2: field 'text' is missing" in said and "secret" not in said
