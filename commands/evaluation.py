"""How often the labels of a file are understood: cross-validated when the line learned from them."""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import click

from directory.model import Directory
from ivr.intake import Category
from ivr.learning.corpus import Labelled, files_in, labelled, read_corpus
from ivr.learning.folds import folds
from ivr.learning.judging import Judged, by_class, confusions, figures
from ivr.learning.lessons import Learned, basics, learn, own_sentences
from ivr.services import OUT_OF_SCOPE, REPEAT
from ivr.slots import SLOT_OF_FILE, read_slot
from ivr.speech_text import squeezed
from ivr.understanding import understand

UTTERANCE_COLUMNS = ("utterance", "category", "region", "institute")
SLOT_COLUMNS = ("slot", "utterance", "value")
CATEGORIES = (*Category, REPEAT, OUT_OF_SCOPE)
KNOWN_ALREADY = 0.2  # share of a file's calls that were learned from, above which it is tested fold by fold


class EvaluationError(Exception):
    """The file cannot be evaluated; the message says where and what was expected."""


def evaluated(directory: Directory, file: Path) -> Iterator[str]:
    """Return the lines of the report. Raises EvaluationError before the first when the file is not as expected."""
    rows = read_rows(file)
    if "slot" in rows[0]:
        yield from slot_report(directory, rows)
        return
    yield from utterance_report(directory, labelled(rows))


def read_rows(file: Path) -> list[dict[str, str]]:
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise EvaluationError(f"{file}: cannot be read: {error.strerror} (expected a CSV file)") from None
    except UnicodeDecodeError as error:
        raise EvaluationError(f"{file}: byte {error.start} is not UTF-8 (expected a CSV file in UTF-8)") from None
    try:
        reader = csv.DictReader(io.StringIO(text), strict=True)
        header = tuple(reader.fieldnames or ())
        rows = [dict(row) for row in reader]
    except csv.Error as error:
        raise EvaluationError(f"{file}: {error} (expected a CSV file)") from None
    columns = SLOT_COLUMNS if "slot" in header else UTTERANCE_COLUMNS
    missing = [column for column in columns if column not in header]
    if missing:
        shown = ",".join(header)[:80]
        raise EvaluationError(
            f'{file}:1: header "{shown}" has no {missing[0]} '
            f"(expected {','.join(UTTERANCE_COLUMNS)} or {','.join(SLOT_COLUMNS)})"
        )
    if not rows:
        raise EvaluationError(f"{file}: has no rows (expected at least one labelled utterance)")
    for number, row in enumerate(rows, start=2):
        _check(file, number, row, columns)
    return rows


def _check(file: Path, number: int, row: Mapping[str, object], columns: Sequence[str]) -> None:
    if None in row or any(row.get(column) is None for column in columns):
        raise EvaluationError(f"{file}:{number}: has not as many cells as the header (expected one for each column)")
    if "slot" in columns and row["slot"] not in SLOT_OF_FILE:
        raise EvaluationError(f'{file}:{number} slot: "{row["slot"]}" is unknown (expected {", ".join(SLOT_OF_FILE)})')
    if "category" in columns and row["category"] not in CATEGORIES:
        raise EvaluationError(
            f'{file}:{number} category: "{row["category"]}" is unknown (expected {", ".join(CATEGORIES)})'
        )


def utterance_report(directory: Directory, calls: Sequence[Labelled]) -> Iterator[str]:
    corpus = read_corpus(files_in())
    learned_from = {squeezed(call.utterance) for call in corpus.shipped}
    known = sum(squeezed(call.utterance) in learned_from for call in calls)
    if known <= KNOWN_ALREADY * len(calls):
        yield from report("test", judge(directory, calls, None))
        return
    click.echo("the line learned from these calls: learning again without them takes a few minutes", err=True)
    known_before = basics(directory, own_sentences(corpus))
    yield from report("own sentences only", judge(directory, calls, learn(directory, known_before, ())))
    judged: list[Judged] = []
    for kept, held in folds(calls):
        judged += judge(directory, held, learn(directory, known_before, kept))
    yield from report("cross-validated", judged)


def judge(directory: Directory, calls: Sequence[Labelled], taught: Learned | None) -> list[Judged]:
    return [Judged(call, understand(directory, call.utterance, taught)) for call in calls]


def report(name: str, judged: Sequence[Judged]) -> Iterator[str]:
    yield json.dumps({"evaluation": name, **figures(judged)}, ensure_ascii=False)
    for category, told in by_class(judged).items():
        yield json.dumps({"evaluation": name, "category": category, **told}, ensure_ascii=False)
    for right, said, times in confusions(judged):
        yield json.dumps({"evaluation": name, "is": right, "taken_for": said, "times": times}, ensure_ascii=False)


def slot_report(directory: Directory, rows: Sequence[Mapping[str, str]]) -> Iterator[str]:
    right: dict[str, list[bool]] = {}
    for row in rows:
        slot, field = SLOT_OF_FILE[row["slot"]]
        found = read_slot(directory, slot, row["utterance"])[field]
        right.setdefault(row["slot"], []).append(found == row["value"])
        if found != row["value"]:
            told = {"slot": row["slot"], "utterance": row["utterance"], "is": row["value"], "taken_for": found}
            yield json.dumps(told, ensure_ascii=False)
    for slot, those in right.items():
        yield json.dumps({"slot": slot, "answers": len(those), "right": round(sum(those) / len(those), 4)})
    every = [one for those in right.values() for one in those]
    yield json.dumps({"slot": "all", "answers": len(every), "right": round(sum(every) / len(every), 4)})
