"""The tokenizer, the token blocks and the fresh model of a pretraining run."""

from pathlib import Path
from typing import Any

import torch.distributed as dist
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

from common.job import rank
from common.text import CHAT_TEMPLATE, END, PAD, START

# Room beyond the training context: a chat may be longer than a training sequence.
CONTEXT_ROOM = 4


def train_tokenizer(texts: list[str], settings: dict[str, Any]) -> PreTrainedTokenizerFast:
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.train_from_iterator(texts, trainers.BpeTrainer(
        vocab_size=settings["vocab_size"], special_tokens=[PAD, START, END],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False,
    ))
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token=PAD, bos_token=START, eos_token=END, chat_template=CHAT_TEMPLATE,
        model_max_length=settings["context"] * CONTEXT_ROOM, clean_up_tokenization_spaces=False,
    )


def tokenizer_for(texts: list[str], settings: dict[str, Any], folder: Path, resume: Path | None) -> PreTrainedTokenizerFast:
    """The checkpoint's own tokenizer when resuming; otherwise rank 0 trains one and every rank loads the same files."""
    if resume:
        return PreTrainedTokenizerFast.from_pretrained(str(resume))
    if rank() == 0:
        train_tokenizer(texts, settings).save_pretrained(str(folder))
    if dist.is_initialized():
        dist.barrier()
    return PreTrainedTokenizerFast.from_pretrained(str(folder))


def blocks(texts: list[str], tokenizer: PreTrainedTokenizerFast, context: int) -> list[dict[str, list[int]]]:
    """All texts end to end, cut into sequences of `context` tokens; the rest that fills none is left out."""
    stream = [token for ids in tokenizer(texts)["input_ids"] for token in (*ids, tokenizer.eos_token_id)]
    cut = [stream[start:start + context] for start in range(0, len(stream) - context + 1, context)]
    return [{"input_ids": block, "labels": block} for block in cut]


def new_model(tokenizer: PreTrainedTokenizerFast, settings: dict[str, Any]) -> LlamaForCausalLM:
    heads = settings["hidden_size"] // 32
    return LlamaForCausalLM(LlamaConfig(
        vocab_size=len(tokenizer), hidden_size=settings["hidden_size"], intermediate_size=settings["hidden_size"] * 2,
        num_hidden_layers=settings["layers"], num_attention_heads=heads, num_key_value_heads=heads,
        max_position_embeddings=settings["context"] * CONTEXT_ROOM, tie_word_embeddings=True, use_cache=True,
        # Wider than the usual 0.02, which is meant for widths of thousands: narrow models learn sooner from it.
        initializer_range=min(0.06, 0.02 * (1024 / settings["hidden_size"]) ** 0.5),
        bos_token_id=tokenizer.bos_token_id, eos_token_id=tokenizer.eos_token_id, pad_token_id=tokenizer.pad_token_id,
    ))
