"""The words to learn from: labelled calls, and sentences made of phrases and frames written for this purpose."""

import csv
import io
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "data"
UTTERANCES, FRAMES, FIELDS, SENTENCES = "utterances.ko.csv", "frames.ko.csv", "fields.ko.csv", "sentences.ko.csv"


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


def files_in(folder: Path = FOLDER) -> dict[str, str]:
    """Return the text of each file of the corpus."""
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.csv"))}


def read_corpus(files: Mapping[str, str]) -> Corpus:
    fields = list(csv.DictReader(io.StringIO(files[FIELDS])))
    return Corpus(
        shipped=labelled(files[UTTERANCES]),
        sentences=labelled(files[SENTENCES]) if SENTENCES in files else (),
        frames=labelled(files[FRAMES]),
        troubles=tuple(
            Labelled(row["words"], "technical_difficulty", "", tuple(row["institute"].split(";")))
            for row in fields
            if row["kind"] == "trouble"
        ),
        things=tuple((row["words"], tuple(row["institute"].split(";"))) for row in fields if row["kind"] == "thing"),
    )


def labelled(text: str) -> tuple[Labelled, ...]:
    return tuple(
        Labelled(
            row["utterance"],
            row["category"],
            row.get("region") or "",
            tuple((row.get("institute") or "").split(";")) if row.get("institute") else (),
            row.get("note") or "",
        )
        for row in csv.DictReader(io.StringIO(text))
    )
