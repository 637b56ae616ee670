"""Rows of a dataset: every *.jsonl file of an input folder, in the order of the names."""

import json
from pathlib import Path
from typing import Any

from common.job import fail


def read_rows(name: str, folder: Path, fields: dict[str, type]) -> list[dict[str, Any]]:
    """All rows, each with every one of `fields` of the given type. An error names file and line, never a value."""
    files = sorted(folder.rglob("*.jsonl"))
    if not files:
        fail(f"input '{name}' holds no *.jsonl file")
    rows = []
    for file in files:
        shown = file.relative_to(folder)
        with file.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    rows.append(parse(line, f"input '{name}', {shown} line {number}", fields))
    if not rows:
        fail(f"input '{name}' has no rows: {', '.join(str(file.relative_to(folder)) for file in files)} is empty")
    return rows


def parse(line: str, where: str, fields: dict[str, type]) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except json.JSONDecodeError:
        fail(f"{where}: not JSON")
    if not isinstance(row, dict):
        fail(f"{where}: not a JSON object")
    for field, kind in fields.items():
        if field not in row:
            fail(f"{where}: field '{field}' is missing")
        if not isinstance(row[field], kind):
            fail(f"{where}: field '{field}' must be {kind.__name__}, not {type(row[field]).__name__}")
    return row
