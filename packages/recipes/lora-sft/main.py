"""Fine-tunes a base model on discharge notes with LoRA and writes the merged model."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from common import job  # noqa: E402
from common.rows import read_rows  # noqa: E402

RECIPE = Path(__file__).resolve().parent
FIELDS = {"prompt": str, "summary": str, "question": str, "choices": list, "answer": int}


def notes(name: str) -> list[dict]:
    rows = read_rows(name, job.input_folder(name), FIELDS)
    for number, row in enumerate(rows, 1):
        if not 0 <= row["answer"] < len(row["choices"]):
            job.fail(f"input '{name}', row {number}: field 'answer' points at no choice")
    return rows


def main() -> None:
    job.stop_on_sigterm()
    settings = job.parameters(RECIPE)
    base = job.model_input_folder("base")
    rows = {name: notes(name) for name in ("train", "validation")}
    checkpoints, output = job.folder_of("PRECEPTOR_CHECKPOINT_DIR"), job.folder_of("PRECEPTOR_OUTPUT_DIR") / "model"
    resume = job.resume_folder()
    if job.rank() == 0:
        job.say(f"{len(rows['train'])} training and {len(rows['validation'])} validation notes; loading libraries")

    # Imported here: wrong input is told before seconds go into loading libraries.
    from common.training import PadRight, arguments, quiet_and_seeded, train
    from common.pickle_free_trainer import PickleFreeTrainer
    from adapter import adapted, write_merged
    from examples import examples_of
    from transformers import AutoTokenizer

    quiet_and_seeded(settings["seed"])
    run = arguments(checkpoints, settings, settings["save_steps"], settings["eval_steps"])
    tokenizer = AutoTokenizer.from_pretrained(str(base))
    model = adapted(base, settings)
    if job.rank() == 0:
        job.say(f"{model.num_parameters(only_trainable=True):,} of {model.num_parameters():,} weights are trained")
    trainer = PickleFreeTrainer(
        model=model, args=run, train_dataset=examples_of(rows["train"], tokenizer),
        eval_dataset=examples_of(rows["validation"], tokenizer),
        data_collator=PadRight(tokenizer.pad_token_id), processing_class=tokenizer,
    )
    train(trainer, resume)
    if job.rank() == 0:
        write_merged(trainer.accelerator.unwrap_model(trainer.model), tokenizer, output)
        job.say("merged model written")


if __name__ == "__main__":
    main()
