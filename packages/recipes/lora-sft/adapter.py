"""The adapted model of a fine-tune, and its merged form."""

from pathlib import Path
from typing import Any

from peft import LoraConfig, PeftModel, get_peft_model
from transformers import AutoModelForCausalLM, PreTrainedTokenizerBase

from common.text import CHAT_TEMPLATE


def adapted(base: Path, settings: dict[str, Any]) -> PeftModel:
    model = AutoModelForCausalLM.from_pretrained(str(base))
    # The lineage says which base this is; the folder it happened to lie in would make equal adapters differ.
    model.name_or_path = model.config._name_or_path = ""
    return get_peft_model(model, LoraConfig(
        r=settings["lora_rank"], lora_alpha=settings["lora_alpha"], lora_dropout=settings["lora_dropout"],
        target_modules="all-linear", task_type="CAUSAL_LM",
    ))


def write_merged(model: PeftModel, tokenizer: PreTrainedTokenizerBase, folder: Path) -> None:
    """Writes weights, config and tokenizer; a tokenizer without a chat template gets ours."""
    model.merge_and_unload().save_pretrained(str(folder))
    tokenizer.chat_template = tokenizer.chat_template or CHAT_TEMPLATE
    tokenizer.save_pretrained(str(folder))
