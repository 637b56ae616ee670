"""Writes the two synthetic datasets of the demonstration: patient timelines and discharge notes.

    python generate.py --seed 7 --out DIR --subjects 2000

Standard library only. The same seed writes the same bytes. Subjects are divided once, for both datasets:
nobody met in any training split appears in any validation or test split.
"""

import argparse
import json
import random
from datetime import date, timedelta
from pathlib import Path

from conditions import CONDITIONS, Condition

SPLIT_SHARES = (("train", 0.75), ("validation", 0.10), ("test", 0.15))
# The share of a split's subjects who also have notes; the test split gives 165 subjects of 2,000.
NOTE_SHARES = {"train": 0.40, "validation": 0.50, "test": 0.55}
NOTES_PER_SUBJECT = 2
ALLERGY_SHARE = 0.10


def partition(subjects: int, rng: random.Random) -> dict[str, list[str]]:
    """Subject ids by split, each subject in exactly one."""
    ids = [f"synthetic-{number:06d}" for number in range(1, subjects + 1)]
    rng.shuffle(ids)
    splits, start = {}, 0
    for name, share in SPLIT_SHARES:
        end = subjects if name == SPLIT_SHARES[-1][0] else start + round(subjects * share)
        splits[name] = sorted(ids[start:end])
        start = end
    return splits


def timeline(subject: str, conditions: list[Condition], rng: random.Random) -> dict:
    """One subject's dated, coded events and the same events as text."""
    born, first = rng.randint(1940, 1999), date(2031, 1, 1) + timedelta(days=rng.randint(0, 300))
    sex, day = rng.choice("FM"), first
    events, lines = [], [f"patient {2031 - born} {sex}"]

    def add(problem: str, kind: str, system: str, code: str, display: str) -> None:
        events.append({"date": day.isoformat(), "kind": kind, "system": system, "code": code, "display": display})
        lines.append(f"{problem} {kind}: {display}")

    for condition in conditions:
        name, allergic = condition.name, rng.random() < ALLERGY_SHARE
        lines.append(f"day {(day - first).days}")
        add(name, "problem", "icd-10-like", condition.icd, name)
        lines[-1] = f"problem: {name} {condition.icd}"
        add(name, "lab", "loinc-like", condition.loinc, condition.lab)
        if allergic:
            add(name, "allergy", "rxnorm-like", condition.rxnorm, condition.drug)
        drug, code = (condition.second_drug, condition.second_rxnorm) if allergic else (condition.drug, condition.rxnorm)
        add(name, "medication", "rxnorm-like", code, drug)
        day += timedelta(days=rng.randint(5, 60))
        add(name, "visit", "local", "VISIT", condition.clinic)
        # Advice in timelines follows nothing: what belongs to which problem is learned from the notes only.
        add(name, "advice", "local", "ADVICE", rng.choice(CONDITIONS).advice)
    return {"synthetic": True, "subject": subject, "birth_year": born, "sex": sex,
            "events": events, "text": "\n".join(lines) + "\n"}


def note(subject: str, number: int, conditions: list[Condition], rng: random.Random) -> dict:
    """One discharge note with its summary and one four-way question about it."""
    main = conditions[number % len(conditions)]
    other = next((each for each in conditions if each is not main), None)
    allergic = rng.random() < ALLERGY_SHARE
    drug = main.second_drug if allergic else main.drug
    lines = [f"patient {rng.randint(32, 91)} {rng.choice('FM')}", f"day {rng.randint(1, 60)}",
             f"problem: {main.name} {main.icd}", f"{main.name} lab: {main.lab}"]
    if allergic:
        lines.append(f"{main.name} allergy: {main.drug}")
    if other:
        lines.insert(2, f"problem: {other.name} {other.icd}")
    kind = rng.choice(("medication", "visit", "advice", "advice"))
    right = {"medication": drug, "visit": main.clinic, "advice": main.advice}[kind]
    wrong = [{"medication": each.drug, "visit": each.clinic, "advice": each.advice}[kind]
             for each in CONDITIONS if each is not main and each is not other]
    choices = rng.sample(wrong, 3)
    if kind == "medication" and allergic:
        choices[0] = main.drug
    choices.append(right)
    rng.shuffle(choices)
    return {
        "synthetic": True, "subject": subject, "note_id": f"{subject}-note-{number + 1}",
        "prompt": "\n".join(lines),
        "summary": f"{main.name}\n{main.name} medication: {drug}\n{main.name} visit: {main.clinic}\n{main.name} advice: {main.advice}",
        "kind": kind, "question": f"{main.name} {kind}:", "choices": choices, "answer": choices.index(right),
    }


def write_rows(folder: Path, rows: list[dict]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    text = "".join(json.dumps(row, sort_keys=True, separators=(",", ":")) + "\n" for row in rows)
    (folder / "part-0.jsonl").write_text(text, encoding="utf-8", newline="\n")


def generate(seed: int, out: Path, subjects: int) -> dict[str, int]:
    """Writes both datasets below `out`; returns rows by `dataset/split`."""
    rng, written = random.Random(seed), {}
    for split, ids in partition(subjects, rng).items():
        timelines, notes = [], []
        noted = set(rng.sample(ids, round(len(ids) * NOTE_SHARES[split])))
        for subject in ids:
            conditions = rng.sample(CONDITIONS, rng.choice((1, 2, 2)))
            timelines.append(timeline(subject, conditions, rng))
            if subject in noted:
                notes += [note(subject, number, conditions, rng) for number in range(NOTES_PER_SUBJECT)]
        for name, rows in (("timelines", timelines), ("notes", notes)):
            write_rows(out / name / split, rows)
            written[f"{name}/{split}"] = len(rows)
    return written


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--out", type=Path, required=True, help="folder to write into; made if missing")
    parser.add_argument("--subjects", type=int, default=2000, help="number of synthetic patients, at least 100")
    args = parser.parse_args()
    if args.subjects < 100:
        parser.error("--subjects must be at least 100, or the test split is too small to mean anything")
    for name, rows in generate(args.seed, args.out, args.subjects).items():
        print(f"synthetic {name}: {rows} rows")


if __name__ == "__main__":
    main()
