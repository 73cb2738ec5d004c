"""`understand`: what the line makes of words, one JSON object a line; and how often it is right."""

import json
import sys
from pathlib import Path

import click

from commands.building import DIRECTORY_FOLDER
from commands.evaluation import evaluated
from directory.model import Directory
from directory.reading import files_in, read_directory
from ivr.learning.corpus import files_in as corpus_files
from ivr.learning.corpus import fingerprint, read_corpus
from ivr.learning.lessons import as_bytes, basics, learn, own_sentences
from ivr.learning.weights import WEIGHTS
from ivr.slots import SLOTS, read_slot
from ivr.understanding import Understood, understand


@click.command("understand")
@click.option("--slot", type=click.Choice(tuple(SLOTS)), help="Read short answers to one question instead of wishes.")
@click.option(
    "--evaluate",
    "file",
    type=click.Path(path_type=Path),
    help="Print how often the labelled utterances or slot answers of a CSV file are understood.",
)
@click.option(
    "--learn", "learns", is_flag=True, help="Learn again from the words in ivr/learning/data, about a minute."
)
def understand_command(slot: str | None, file: Path | None, learns: bool) -> None:
    """Read utterances from standard input, one a line, and write what each means as one JSON object a line.

    With --evaluate the file's labels are held against what is understood; the calls the line learned from are tested
    by what was learned without them.
    """
    directory = read_directory(files_in(DIRECTORY_FOLDER))
    if learns:
        click.echo(learn_again(directory))
        return
    if file:
        for line in evaluated(directory, file):
            click.echo(line)
        return
    for utterance in lines_of_input():
        told = read_slot(directory, slot, utterance) if slot else as_told(utterance, understand(directory, utterance))
        click.echo(json.dumps(told, ensure_ascii=False))


def learn_again(directory: Directory) -> str:
    """Write the weights anew; the same words give the same weights."""
    files = corpus_files()
    corpus = read_corpus(files)
    found = learn(directory, basics(directory, own_sentences(corpus)), corpus.shipped)
    WEIGHTS.write_bytes(as_bytes(found, fingerprint(files)))
    return f"{WEIGHTS.name}: {WEIGHTS.stat().st_size:,} bytes"


def lines_of_input() -> list[str]:
    """Return the lines; bytes that are no UTF-8 are kept as signs that mean nothing, and refuse no line."""
    text = sys.stdin.buffer.read().decode("utf-8", errors="replace").removeprefix("\ufeff")
    return text.removesuffix("\n").replace("\r\n", "\n").split("\n") if text else []


def as_told(utterance: str, found: Understood) -> dict[str, object]:
    return {
        "utterance": utterance,
        "category": found.heard_as,
        "category_confidence": round(found.heard_confidence, 4),
        "region": found.region or "",
        "region_candidates": list(found.region_candidates),
        "institutes": [
            {"code": code, "score": round(score, 4)} for code, score in zip(found.institutes, found.scores, strict=True)
        ],
        "ask": found.ask,
        "signals": list(found.signals),
    }
