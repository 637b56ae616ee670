"""The held-out rows as the harness wants them."""

import os
from pathlib import Path

import datasets

from common.rows import read_rows

FIELDS = {"subject": str, "prompt": str, "question": str, "choices": list, "answer": int}


def held_out(**_: object) -> dict[str, datasets.Dataset]:
    rows = read_rows("test", Path(os.environ["PRECEPTOR_INPUT_TEST"]), FIELDS)
    return {"test": datasets.Dataset.from_list([{field: row[field] for field in FIELDS} for row in rows])}
