"""Evaluates a model with EleutherAI's lm-evaluation-harness, and keeps hashes and numbers only."""

import logging
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from common import job  # noqa: E402
from common.rows import read_rows  # noqa: E402

RECIPE = Path(__file__).resolve().parent
FIELDS = {"subject": str, "prompt": str, "question": str, "choices": list, "answer": int}


def without_progress_bars() -> None:
    """The harness asks for its bars by name, so the usual environment variable does not silence them."""
    from tqdm import tqdm

    start = tqdm.__init__
    tqdm.__init__ = lambda bar, *args, **kwargs: start(bar, *args, **{**kwargs, "disable": True})


def main() -> None:
    job.stop_on_sigterm()
    settings = job.parameters(RECIPE)
    model, output = job.model_input_folder("model"), job.folder_of("PRECEPTOR_OUTPUT_DIR")
    rows = read_rows("test", job.input_folder("test"), FIELDS)
    job.cluster_of("")  # a missing key is told before the work, not after it
    job.say(f"{len(rows)} items of {len({row['subject'] for row in rows})} subjects; loading libraries")

    # Imported here: wrong input is told before seconds go into loading libraries.
    import torch
    from lm_eval.evaluator import simple_evaluate
    from lm_eval.models.huggingface import HFLM
    from lm_eval.tasks import TaskManager
    from transformers.utils import logging as transformers_logging
    from results import log_metrics, metrics_of, write_items, write_results

    without_progress_bars()
    transformers_logging.disable_progress_bar()
    transformers_logging.set_verbosity_error()
    logging.getLogger("lm_eval").setLevel(logging.ERROR)
    if not torch.cuda.is_available():
        torch.set_num_threads(os.cpu_count() or 1)
    job.say("scoring")
    found = simple_evaluate(
        model=HFLM(pretrained=str(model), batch_size=settings["batch_size"], device="cuda" if torch.cuda.is_available() else "cpu",
                   dtype="float32" if not torch.cuda.is_available() else "auto"),
        tasks=[settings["task"]],
        task_manager=TaskManager(include_path=str(RECIPE / "tasks"), include_defaults=False),
        num_fewshot=0, limit=settings["limit"] or None, log_samples=True,
        bootstrap_iters=settings["bootstrap_iters"], random_seed=settings["seed"], numpy_random_seed=settings["seed"],
        torch_random_seed=settings["seed"], fewshot_random_seed=settings["seed"],
    )
    metrics = metrics_of(found["results"][settings["task"]])
    write_items(output / "items.jsonl", found["samples"][settings["task"]], job.cluster_of)
    write_results(output / "results.json", found)
    log_metrics(metrics)
    for name, value in metrics.items():
        job.say(f"{settings['task']} {name} {value:.4f}")


if __name__ == "__main__":
    main()
