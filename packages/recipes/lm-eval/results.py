"""What of a harness run is kept: its result dictionary without any text, and one row per item and metric."""

import hashlib
import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

METRICS = ("acc", "acc_norm")
# Keys of the harness's dictionary that carry text of rows or name folders of the machine that ran it.
LEFT_OUT = {"samples", "pretty_env_info", "model_name", "model_name_sanitized", "git_hash", "chat_template",
            "system_instruction", "model_source", "config_source", "custom_dataset"}


def metrics_of(results: dict[str, Any]) -> dict[str, float]:
    """`acc`, `acc_stderr`, ... without the harness's filter suffix."""
    return {
        key.split(",")[0]: float(value) for key, value in results.items()
        if "," in key and isinstance(value, (int, float))
    }


def write_items(path: Path, samples: list[dict[str, Any]], cluster_of: Callable[[str], str]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for sample in samples:
            cluster = cluster_of(sample["doc"]["subject"])
            for metric in METRICS:
                row = {"item": sample["doc_hash"], "cluster": cluster, "metric": metric,
                       "filter": sample["filter"], "value": float(sample[metric])}
                file.write(json.dumps(row, separators=(",", ":")) + "\n")


def plain(value: Any) -> Any:
    """JSON values only; functions, dtypes and the like by the name of their type, since their text can hold paths."""
    if isinstance(value, dict):
        return {str(key): plain(entry) for key, entry in value.items() if key not in LEFT_OUT}
    if isinstance(value, (list, tuple)):
        return [plain(entry) for entry in value]
    if isinstance(value, (str, int, float, bool)) or value is None:
        return value
    return value.item() if hasattr(value, "item") and getattr(value, "size", 0) == 1 else type(value).__name__


def hash_of(samples: list[dict[str, Any]]) -> str:
    """The harness's own task hash (its EvaluationTracker's): which items, prompts and targets were evaluated."""
    parts = "".join(sample["doc_hash"] + sample["prompt_hash"] + sample["target_hash"] for sample in samples)
    return hashlib.sha256(parts.encode("utf-8")).hexdigest()


def write_results(path: Path, found: dict[str, Any]) -> None:
    kept = plain(found)
    kept["config"].pop("model_args", None)
    kept["config"]["model"] = "hf"
    kept["task_hashes"] = {task: hash_of(samples) for task, samples in found["samples"].items()}
    path.write_text(json.dumps(kept, indent=1, sort_keys=True, default=str), encoding="utf-8")


def log_metrics(metrics: dict[str, float]) -> None:
    """Sends the metrics to the job's run, if the job has a tracking server."""
    run = os.environ.get("MLFLOW_RUN_ID")
    if not run or not os.environ.get("MLFLOW_TRACKING_URI"):
        return
    from mlflow.entities import Metric
    from mlflow.tracking import MlflowClient

    now_ms = int(time.time() * 1000)
    MlflowClient().log_batch(run, metrics=[Metric(name, value, now_ms, 0) for name, value in metrics.items()])
