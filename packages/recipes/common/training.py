"""The parts of a training run that pretraining and fine-tuning share."""

import os
import warnings
from pathlib import Path
from typing import Any

import torch
from transformers import PrinterCallback, TrainerCallback, TrainingArguments
from transformers.utils import logging

from common.job import rank, say, world_size


def quiet_and_seeded(seed: int) -> None:
    warnings.simplefilter("ignore", FutureWarning)
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    os.environ.setdefault("MLFLOW_SUPPRESS_PRINTING_URL_TO_STDOUT", "true")
    if not torch.cuda.is_available():
        torch.set_num_threads(max(1, int(os.environ.get("OMP_NUM_THREADS", "1"))))
    torch.manual_seed(seed)


def arguments(checkpoints: Path, settings: dict[str, Any], save_steps: int, eval_steps: int) -> TrainingArguments:
    on_gpu = torch.cuda.is_available()
    return TrainingArguments(
        output_dir=str(checkpoints),
        per_device_train_batch_size=settings["batch_size"],
        per_device_eval_batch_size=64,
        learning_rate=settings["learning_rate"],
        warmup_steps=settings["warmup_steps"],
        num_train_epochs=settings.get("epochs", 1),
        max_steps=settings["max_steps"] or -1,
        seed=settings["seed"],
        data_seed=settings["seed"],
        lr_scheduler_type="cosine",
        weight_decay=0.01,
        logging_steps=settings["logging_steps"],
        logging_first_step=True,
        eval_strategy="steps",
        eval_steps=eval_steps,
        save_strategy="steps",
        save_steps=save_steps,
        # The control plane decides which checkpoints to keep; deleting one here could take it from under a harvest.
        save_total_limit=None,
        disable_tqdm=True,
        # Only the first rank talks to the tracking server, so only it pays for importing the client.
        report_to=["mlflow"] if rank() == 0 and os.environ.get("MLFLOW_TRACKING_URI") else [],
        use_cpu=not on_gpu,
        bf16=on_gpu and torch.cuda.is_bf16_supported(),
        ddp_backend=("nccl" if on_gpu else "gloo") if world_size() > 1 else None,
        ddp_find_unused_parameters=False if world_size() > 1 else None,
        dataloader_pin_memory=on_gpu,
        remove_unused_columns=False,
        train_sampling_strategy="group_by_length",
    )


class ProgressLines(TrainerCallback):
    """One readable line for each thing that happened."""

    def on_train_begin(self, args, state, control, **kwargs):
        if state.is_world_process_zero:
            say(f"training: steps {state.global_step} to {state.max_steps}, {world_size()} process(es)")

    def on_log(self, args, state, control, logs=None, **kwargs):
        if state.is_world_process_zero and logs and "loss" in logs:
            say(f"step {state.global_step}/{state.max_steps}  loss {logs['loss']:.4f}  lr {logs['learning_rate']:.2e}")
        if state.is_world_process_zero and logs and "eval_loss" in logs:
            say(f"step {state.global_step}/{state.max_steps}  eval_loss {logs['eval_loss']:.4f}")

    def on_save(self, args, state, control, **kwargs):
        if state.is_world_process_zero:
            say(f"saved checkpoint-{state.global_step}")

    def on_train_end(self, args, state, control, **kwargs):
        if state.is_world_process_zero:
            say(f"training done: {state.global_step} steps")


class PadRight:
    """Batches token lists; `labels` may be shorter-lived than tokens: -100 is not scored."""

    def __init__(self, pad_token_id: int):
        self.pad = pad_token_id

    def __call__(self, rows: list[dict[str, list[int]]]) -> dict[str, torch.Tensor]:
        width = max(len(row["input_ids"]) for row in rows)
        fill = lambda row, name, value: row[name] + [value] * (width - len(row[name]))  # noqa: E731
        return {
            "input_ids": torch.tensor([fill(row, "input_ids", self.pad) for row in rows]),
            "labels": torch.tensor([fill(row, "labels", -100) for row in rows]),
            "attention_mask": torch.tensor([[1] * len(row["input_ids"]) + [0] * (width - len(row["input_ids"])) for row in rows]),
        }


def train(trainer: Any, resume: Path | None) -> None:
    trainer.remove_callback(PrinterCallback)
    trainer.add_callback(ProgressLines())
    if resume and rank() == 0:
        say(f"resuming from {resume.name}")
    trainer.train(resume_from_checkpoint=str(resume) if resume else None)
