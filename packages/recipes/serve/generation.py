"""Text out of a causal language model, one piece at a time."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer
from transformers.utils import logging


@dataclass(frozen=True)
class Request:
    messages: list[dict[str, str]]
    max_tokens: int
    temperature: float
    top_p: float
    stop: list[str]
    seed: int | None


@dataclass
class Usage:
    prompt_tokens: int
    completion_tokens: int = 0
    finish_reason: str = "length"


class PromptTooLong(ValueError):
    pass


class Generator:
    def __init__(self, folder: Path, max_tokens_limit: int):
        logging.set_verbosity_error()
        logging.disable_progress_bar()
        device = "cuda" if torch.cuda.is_available() else "cpu"
        self.tokenizer = AutoTokenizer.from_pretrained(str(folder), local_files_only=True)
        self.model = AutoModelForCausalLM.from_pretrained(str(folder), local_files_only=True).to(device).eval()
        self.context = int(self.model.config.max_position_embeddings)
        self.max_tokens_limit = max_tokens_limit
        # One answer at a time: the steps of two would only take turns on the same device.
        self.turn = threading.Lock()

    def prompt(self, messages: list[dict[str, str]]) -> list[int]:
        if self.tokenizer.chat_template:
            text = self.tokenizer.apply_chat_template(messages, tokenize=False, add_generation_prompt=True)
        else:
            text = "\n".join(message["content"] for message in messages)
        return self.tokenizer(text, add_special_tokens=False)["input_ids"]

    def start(self, request: Request) -> tuple[Usage, Iterator[str]]:
        """The usage, which is complete once the pieces are, and the pieces of text. Raises PromptTooLong at once."""
        prompt = self.prompt(request.messages)
        room = self.context - len(prompt)
        if room < 1 or not prompt:
            raise PromptTooLong(f"the prompt has {len(prompt)} tokens; this model takes 1 to {self.context - 1}")
        usage = Usage(prompt_tokens=len(prompt))
        return usage, self.pieces(prompt, min(request.max_tokens, room, self.max_tokens_limit), request, usage)

    def pieces(self, prompt: list[int], limit: int, request: Request, usage: Usage) -> Iterator[str]:
        sent, produced = "", []
        with self.turn:
            for token in self.tokens(prompt, limit, request):
                usage.completion_tokens += 1
                if token in self.end_tokens():
                    usage.finish_reason = "stop"
                    break
                produced.append(token)
                text = self.tokenizer.decode(produced, skip_special_tokens=True)
                ends = [text.index(word) for word in request.stop if word in text]
                if ends:
                    usage.finish_reason, text = "stop", text[:min(ends)]
                # A character of several bytes may be half there: wait for the token that completes it.
                if not text.endswith("\N{REPLACEMENT CHARACTER}") and len(text) > len(sent):
                    yield text[len(sent):] if sent else text.lstrip()
                    sent = text
                if ends:
                    break

    def end_tokens(self) -> set[int]:
        ends = self.model.generation_config.eos_token_id
        return set(ends if isinstance(ends, list) else [ends]) | {self.tokenizer.eos_token_id}

    @torch.inference_mode()
    def tokens(self, prompt: list[int], limit: int, request: Request) -> Iterator[int]:
        random = torch.Generator(device=self.model.device)
        random.manual_seed(request.seed) if request.seed is not None else random.seed()
        ids, cache = torch.tensor([prompt], device=self.model.device), None
        for _ in range(limit):
            out = self.model(input_ids=ids, past_key_values=cache, use_cache=True)
            cache, token = out.past_key_values, choose(out.logits[0, -1].float(), request, random)
            yield token
            ids = torch.tensor([[token]], device=self.model.device)


def choose(logits: torch.Tensor, request: Request, random: torch.Generator) -> int:
    """The likeliest token at temperature 0; otherwise one drawn from the smallest set that holds `top_p` of the chance."""
    if request.temperature == 0:
        return int(logits.argmax())
    chances, order = (logits / request.temperature).softmax(-1).sort(descending=True)
    chances[(chances.cumsum(-1) - chances) >= request.top_p] = 0
    return int(order[torch.multinomial(chances, 1, generator=random)])
