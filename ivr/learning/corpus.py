"""The words to learn from: labelled calls, and sentences made of phrases and frames written for this purpose."""

import csv
import hashlib
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "data"
UTTERANCES, FRAMES, FIELDS, SENTENCES = "utterances.ko.csv", "frames.ko.csv", "fields.ko.csv", "sentences.ko.csv"
WAYS = "ways.ko.csv"
SLOTS = "slot_answers.ko.csv"  # for testing only
TECHNICAL = "technical_difficulty"  # a trouble told is one


@dataclass(frozen=True)
class Labelled:
    """An utterance and what it means; `institutes` best first, any of them right."""

    utterance: str
    category: str
    region: str = ""
    institutes: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Corpus:
    """What is learned from: `shipped` are the labelled calls, the rest was written to learn from."""

    shipped: tuple[Labelled, ...]
    sentences: tuple[Labelled, ...]
    frames: tuple[Labelled, ...]  # with {thing}, {inst}, {not_ours}, {period}, {place} to fill in
    troubles: tuple[Labelled, ...]
    things: tuple[tuple[str, tuple[str, ...]], ...]
    ways: Mapping[str, tuple[str, ...]]  # by kind: openings, endings, and what else frames are filled with


def files_in(folder: Path = FOLDER) -> dict[str, str]:
    """Return the text of each file of the corpus."""
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.csv"))}


def read_corpus(files: Mapping[str, str]) -> Corpus:
    fields = rows_of(files[FIELDS])
    return Corpus(
        shipped=labelled(rows_of(files[UTTERANCES])),
        sentences=labelled(rows_of(files[SENTENCES])),
        frames=labelled(rows_of(files[FRAMES])),
        troubles=tuple(
            Labelled(row["words"], TECHNICAL, "", tuple(row["institute"].split(";")))
            for row in fields
            if row["kind"] == "trouble"
        ),
        things=tuple((row["words"], tuple(row["institute"].split(";"))) for row in fields if row["kind"] == "thing"),
        ways=_by_kind(rows_of(files[WAYS])),
    )


def _by_kind(rows: Iterable[Mapping[str, str]]) -> Mapping[str, tuple[str, ...]]:
    """Return words by kind; an empty opening may stand several times, as often as nothing is said."""
    found: dict[str, tuple[str, ...]] = {}
    for row in rows:
        found[row["kind"]] = (*found.get(row["kind"], ()), row["words"])
    return found


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def labelled(rows: Iterable[Mapping[str, str]]) -> tuple[Labelled, ...]:
    """Return rows as labelled utterances; a column that a row does not have is empty."""
    return tuple(
        Labelled(
            row["utterance"],
            row["category"],
            row.get("region") or "",
            tuple(code for code in (row.get("institute") or "").split(";") if code),
            row.get("note") or "",
        )
        for row in rows
    )


def fingerprint(files: Mapping[str, str]) -> str:
    """Return what tells whether weights were learned from these words."""
    told = "\0".join(part for name in sorted(files) if name != SLOTS for part in (name, files[name]))
    return hashlib.sha256(told.encode()).hexdigest()
