"""A Hugging Face Trainer whose checkpoints hold safetensors and JSON only: nothing in them can run code when loaded.

Optimizer, schedule and random states are written as tensors and plain values, so a resumed run goes on exactly where
it was. `trainer_state.json` is written last: a checkpoint folder without it is not complete.
"""

import json
import random
from pathlib import Path

import numpy as np
import torch
import torch.distributed as dist
from safetensors.torch import load_file, save_file
from transformers import Trainer

OPTIMIZER_TENSORS = "optimizer.safetensors"
OPTIMIZER_VALUES = "optimizer.json"
SCHEDULER = "scheduler.json"
RANDOM_STATES = "random_states.safetensors"


def write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=1, sort_keys=True), encoding="utf-8")


def read_json(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


class PickleFreeTrainer(Trainer):
    def _save(self, output_dir: str | None = None, state_dict: dict | None = None) -> None:
        if not self.args.should_save:
            return
        folder = output_dir or self.args.output_dir
        model = self.accelerator.unwrap_model(self.model)
        model.save_pretrained(folder, state_dict=state_dict)
        if self.processing_class is not None:
            self.processing_class.save_pretrained(folder)

    def _save_optimizer_and_scheduler(self, output_dir: str) -> None:
        if not self.args.should_save:
            return
        state, tensors, values = self.optimizer.state_dict(), {}, {}
        for index, entries in state["state"].items():
            for name, entry in entries.items():
                if isinstance(entry, torch.Tensor):
                    tensors[f"{index}/{name}"] = entry.detach().cpu().contiguous()
                else:
                    values[f"{index}/{name}"] = entry
        save_file(tensors, Path(output_dir) / OPTIMIZER_TENSORS)
        write_json(Path(output_dir) / OPTIMIZER_VALUES, {"values": values, "param_groups": state["param_groups"]})
        write_json(Path(output_dir) / SCHEDULER, self.lr_scheduler.state_dict())

    def _load_optimizer_and_scheduler(self, checkpoint: str | None) -> None:
        if checkpoint is None or not (Path(checkpoint) / OPTIMIZER_TENSORS).is_file():
            return
        plain = read_json(Path(checkpoint) / OPTIMIZER_VALUES)
        state: dict[int, dict] = {}
        for source in (load_file(Path(checkpoint) / OPTIMIZER_TENSORS), plain["values"]):
            for key, entry in source.items():
                index, name = key.split("/", 1)
                state.setdefault(int(index), {})[name] = entry
        groups = plain["param_groups"]
        for group in groups:
            # JSON has no tuples; AdamW unpacks its betas either way, but state dicts compare equal only like this.
            group.update({name: tuple(entry) for name, entry in group.items() if name == "betas"})
        self.optimizer.load_state_dict({"state": state, "param_groups": groups})
        self.lr_scheduler.load_state_dict(read_json(Path(checkpoint) / SCHEDULER))

    def _save_rng_state(self, output_dir: str) -> None:
        states = [random_state()]
        if dist.is_initialized() and dist.get_world_size() > 1:
            states = [None] * dist.get_world_size()
            dist.all_gather_object(states, random_state())
        if self.args.should_save:
            Path(output_dir).mkdir(parents=True, exist_ok=True)
            named = {f"{rank}/{name}": entry for rank, state in enumerate(states) for name, entry in state.items()}
            save_file(named, Path(output_dir) / RANDOM_STATES)

    def _load_rng_state(self, checkpoint: str | None) -> None:
        path = Path(checkpoint or "") / RANDOM_STATES
        if checkpoint is None or not path.is_file():
            return
        prefix = f"{self.args.process_index}/"
        mine = {key.removeprefix(prefix): entry for key, entry in load_file(path).items() if key.startswith(prefix)}
        # A world that grew has ranks without a state of their own: they start from the seed.
        if mine:
            restore_random_state(mine)


def random_state() -> dict[str, torch.Tensor]:
    numpy_state = np.random.get_state()
    state = {
        "python": torch.tensor(random.getstate()[1], dtype=torch.int64),
        "numpy": torch.from_numpy(numpy_state[1].astype(np.int64)),
        "numpy_position": torch.tensor([numpy_state[2]], dtype=torch.int64),
        "torch": torch.random.get_rng_state(),
    }
    if torch.cuda.is_available():
        state["cuda"] = torch.cuda.get_rng_state().cpu()
    return state


def restore_random_state(state: dict[str, torch.Tensor]) -> None:
    random.setstate((3, tuple(state["python"].tolist()), None))
    np.random.set_state(("MT19937", state["numpy"].numpy().astype(np.uint32), int(state["numpy_position"][0])))
    torch.random.set_rng_state(state["torch"])
    if "cuda" in state and torch.cuda.is_available():
        torch.cuda.set_rng_state(state["cuda"])
