"""Imports what the recipes import, so that Python's bytecode is written once and not by every rank of the first job."""

import importlib

MODULES = ("torch", "torch.distributed.run", "transformers", "transformers.trainer", "transformers.models.llama.modeling_llama",
           "peft", "datasets", "lm_eval.evaluator", "lm_eval.models.huggingface", "lm_eval.tasks", "mlflow", "fastapi", "uvicorn")

for module in MODULES:
    importlib.import_module(module)
print(f"{len(MODULES)} libraries ready")
