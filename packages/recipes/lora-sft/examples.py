"""Training examples of a discharge note: its question and its summary, scored on the answer only."""

from transformers import PreTrainedTokenizerBase

from common.text import SUMMARY_REQUEST, asked


def pairs_of(note: dict) -> list[tuple[str, str]]:
    return [
        (asked(note["prompt"], note["question"]), note["choices"][note["answer"]]),
        (asked(note["prompt"], SUMMARY_REQUEST), note["summary"]),
    ]


def examples_of(notes: list[dict], tokenizer: PreTrainedTokenizerBase) -> list[dict[str, list[int]]]:
    pairs = [pair for note in notes for pair in pairs_of(note)]
    questions = tokenizer([question for question, _ in pairs])["input_ids"]
    answers = tokenizer([" " + answer for _, answer in pairs])["input_ids"]
    return [
        {"input_ids": [*question, *answer, tokenizer.eos_token_id],
         "labels": [-100] * len(question) + [*answer, tokenizer.eos_token_id]}
        for question, answer in zip(questions, answers, strict=True)
    ]
