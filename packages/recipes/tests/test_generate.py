"""The synthetic data: same seed same bytes, nobody in two splits, enough to evaluate on. Standard library only."""

import hashlib
import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "synthetic"))

from generate import generate  # noqa: E402


def digest(folder: Path) -> str:
    files = sorted(folder.rglob("*.jsonl"))
    return hashlib.sha256(b"".join(file.relative_to(folder).as_posix().encode() + file.read_bytes() for file in files)).hexdigest()


def rows(folder: Path, name: str) -> list[dict]:
    return [json.loads(line) for line in (folder / name / "part-0.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("synthetic")
    generate(7, folder, 2000)
    return folder


def test_the_same_seed_writes_the_same_bytes_and_another_does_not(made: Path, tmp_path: Path) -> None:
    generate(7, tmp_path / "again", 2000)
    generate(8, tmp_path / "other", 2000)
    assert digest(tmp_path / "again") == digest(made)
    assert digest(tmp_path / "other") != digest(made)


def test_no_subject_is_in_two_splits_of_either_dataset(made: Path) -> None:
    people = {split: {row["subject"] for name in ("timelines", "notes") for row in rows(made, f"{name}/{split}")}
              for split in ("train", "validation", "test")}
    assert not people["train"] & people["validation"]
    assert not people["train"] & people["test"]
    assert not people["validation"] & people["test"]


def test_every_row_says_that_it_is_synthetic(made: Path) -> None:
    for file in made.rglob("*.jsonl"):
        assert all(json.loads(line)["synthetic"] is True for line in file.read_text(encoding="utf-8").splitlines())


def test_the_test_notes_are_many_enough_and_their_answers_are_not_given_away_by_position(made: Path) -> None:
    notes = rows(made, "notes/test")
    assert len(notes) >= 300 and len({note["subject"] for note in notes}) >= 150
    assert all(len(set(note["choices"])) == 4 and 0 <= note["answer"] < 4 for note in notes)
    shares = [sum(note["answer"] == place for note in notes) / len(notes) for place in range(4)]
    assert max(shares) < 0.35


def test_events_have_days_systems_and_codes(made: Path) -> None:
    for row in rows(made, "timelines/validation"):
        for event in row["events"]:
            assert {"date", "kind", "system", "code", "display"} <= set(event) and len(event["date"]) == 10
