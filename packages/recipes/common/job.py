"""A job as its process sees it: parameters, input folders and output folders, all from environment variables.

Whatever is wrong with them ends the process with one line that names the variable, file or field.
"""

import hashlib
import hmac
import json
import os
import signal
import sys
from pathlib import Path
from typing import Any, NoReturn

EXIT_WRONG_INPUT = 2


def fail(message: str) -> NoReturn:
    print(f"error: {message}", file=sys.stderr, flush=True)
    # A rank that raised would wait for the others in interpreter shutdown; this ends it at once.
    sys.stdout.flush()
    os._exit(EXIT_WRONG_INPUT)


def say(message: str) -> None:
    print(message, flush=True)


def rank() -> int:
    return int(os.environ.get("RANK", "0"))


def world_size() -> int:
    return int(os.environ.get("WORLD_SIZE", "1"))


def stop_on_sigterm() -> None:
    """The default action ends the process even inside a collective call, where a Python handler would not run."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def input_folder(name: str) -> Path:
    variable = "PRECEPTOR_INPUT_" + name.upper().replace("-", "_")
    value = os.environ.get(variable)
    if not value:
        fail(f"{variable} is not set: the job has no input '{name}'")
    if not Path(value).is_dir():
        fail(f"{variable} is not a folder: {value}")
    return Path(value)


def optional_input_folder(name: str) -> Path | None:
    return input_folder(name) if os.environ.get("PRECEPTOR_INPUT_" + name.upper().replace("-", "_")) else None


def model_input_folder(name: str) -> Path:
    folder = input_folder(name)
    for file in ("config.json", "tokenizer.json"):
        if not (folder / file).is_file():
            fail(f"input '{name}' holds no {file}: it is not a Hugging Face model folder")
    if not any(folder.glob("*.safetensors")):
        fail(f"input '{name}' holds no *.safetensors weights")
    return folder


def folder_of(variable: str) -> Path:
    value = os.environ.get(variable)
    if not value:
        fail(f"{variable} is not set")
    folder = Path(value)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def resume_folder() -> Path | None:
    value = os.environ.get("PRECEPTOR_RESUME_FROM")
    if not value:
        return None
    if not (Path(value) / "trainer_state.json").is_file():
        fail(f"PRECEPTOR_RESUME_FROM holds no trainer_state.json: {value}")
    return Path(value)


def cluster_of(subject: str) -> str:
    """The subject's pseudonym: equal for one subject, and not to be reversed without the job's key."""
    key = os.environ.get("PRECEPTOR_SUBJECT_KEY")
    if not key:
        fail("PRECEPTOR_SUBJECT_KEY is not set")
    try:
        secret = bytes.fromhex(key)
    except ValueError:
        fail("PRECEPTOR_SUBJECT_KEY is not hexadecimal")
    return hmac.new(secret, subject.encode(), hashlib.sha256).hexdigest()[:32]


def parameters(recipe_folder: Path) -> dict[str, Any]:
    """The job's parameters, checked against recipe.yaml, with its defaults filled in."""
    import yaml

    schema = yaml.safe_load((recipe_folder / "recipe.yaml").read_text(encoding="utf-8"))["parameters"]
    given = {}
    if path := os.environ.get("PRECEPTOR_PARAMETERS"):
        try:
            given = json.loads(Path(path).read_text(encoding="utf-8"))
        except OSError as error:
            fail(f"PRECEPTOR_PARAMETERS cannot be read: {error.strerror}: {path}")
        except json.JSONDecodeError as error:
            fail(f"PRECEPTOR_PARAMETERS is not JSON: line {error.lineno}: {path}")
        if not isinstance(given, dict):
            fail("PRECEPTOR_PARAMETERS is not a JSON object")
    for name in given:
        if name not in schema["properties"]:
            fail(f"parameter '{name}' is not one of: {', '.join(schema['properties'])}")
    return {name: checked(name, given.get(name, rule.get("default")), rule) for name, rule in schema["properties"].items()}


def checked(name: str, value: Any, rule: dict[str, Any]) -> Any:
    kinds = {"integer": int, "number": (int, float), "string": str, "boolean": bool}
    right = isinstance(value, kinds[rule["type"]]) and (rule["type"] == "boolean" or not isinstance(value, bool))
    if not right:
        fail(f"parameter '{name}' must be of type {rule['type']}, not {value!r}")
    if "minimum" in rule and value < rule["minimum"]:
        fail(f"parameter '{name}' must be at least {rule['minimum']}, not {value}")
    if "maximum" in rule and value > rule["maximum"]:
        fail(f"parameter '{name}' must be at most {rule['maximum']}, not {value}")
    if "enum" in rule and value not in rule["enum"]:
        fail(f"parameter '{name}' must be one of {rule['enum']}, not {value!r}")
    return value
