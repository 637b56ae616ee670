"""Pretrains a tokenizer and a small Llama-shaped model on the `text` of patient timelines."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from common import job  # noqa: E402
from common.rows import read_rows  # noqa: E402

RECIPE = Path(__file__).resolve().parent


def main() -> None:
    job.stop_on_sigterm()
    settings = job.parameters(RECIPE)
    if settings["hidden_size"] % 32:
        job.fail(f"parameter 'hidden_size' must be a multiple of 32, not {settings['hidden_size']}")
    texts = {name: [row["text"] for row in read_rows(name, job.input_folder(name), {"text": str})]
             for name in ("train", "validation")}
    checkpoints, output = job.folder_of("PRECEPTOR_CHECKPOINT_DIR"), job.folder_of("PRECEPTOR_OUTPUT_DIR") / "model"
    resume = job.resume_folder()
    if job.rank() == 0:
        job.say(f"{len(texts['train'])} training and {len(texts['validation'])} validation rows; loading libraries")

    # Imported here: wrong input is told before seconds go into loading libraries.
    from common.training import PadRight, arguments, quiet_and_seeded, train
    from common.pickle_free_trainer import PickleFreeTrainer
    from language import blocks, new_model, tokenizer_for

    quiet_and_seeded(settings["seed"])
    run = arguments(checkpoints, settings, settings["save_steps"], settings["eval_steps"])
    tokenizer = tokenizer_for(texts["train"], settings, output, resume)
    rows = {name: blocks(texts[name], tokenizer, settings["context"]) for name in texts}
    for name in rows:
        if not rows[name]:
            job.fail(f"input '{name}' is shorter than one sequence of {settings['context']} tokens (parameter 'context')")
    model = new_model(tokenizer, settings)
    if job.rank() == 0:
        tokens = len(rows["train"]) * settings["context"]
        job.say(f"{model.num_parameters():,} weights, vocabulary of {len(tokenizer)}, {tokens:,} training tokens")
    trainer = PickleFreeTrainer(
        model=model, args=run, train_dataset=rows["train"], eval_dataset=rows["validation"],
        data_collator=PadRight(tokenizer.pad_token_id), processing_class=tokenizer,
    )
    train(trainer, resume)
    if job.rank() == 0:
        trainer.save_model(str(output))
        job.say("model written")


if __name__ == "__main__":
    main()
