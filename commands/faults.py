"""`faults`: everything that may break is broken, in real processes, and the line is held against its promises."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import click

from commands.building import HERE

FULL_TEST_SECONDS = 1800


@click.command()
@click.option("--full", is_flag=True, help="As large as the fault page demands; takes about half an hour.")
@click.option("--only", metavar="N", help="One test of the fault page, by its number, or words of a test's name.")
def faults(full: bool, only: str | None) -> int:
    """Break web processes, databases, Redis and the carrier; one line for each test, with its figures."""
    with tempfile.TemporaryDirectory(prefix="faults") as folder:
        report = Path(folder) / "report"
        report.touch()
        environ = {**os.environ, "FAULTS_REPORT": str(report), "FAULTS_SIZE": "full" if full else "small"}
        with (Path(folder) / "log").open("w+", encoding="utf-8") as log:
            running = subprocess.Popen(_pytest(only), cwd=HERE, env=environ, stdout=log, stderr=log)
            told = _tell_until_over(running, report)
            if not told:
                log.seek(0)
                click.echo(log.read().strip() or f'faults: no test is called "{only}"', err=True)
    failed = [one for one in told if one["outcome"] == "failed"]
    click.echo(f"faults: {len(failed)} of {len(told)} failed" if failed else f"faults: all {len(told)} hold")
    return 1 if failed or not told else 0


def _pytest(only: str | None) -> list[str]:
    chosen = ["--fault", only] if only else []
    return [
        sys.executable,
        "-m",
        "pytest",
        "tests/faults",
        "-p",
        "no:cacheprovider",
        f"--timeout={FULL_TEST_SECONDS}",
        *chosen,
    ]


def _tell_until_over(running: "subprocess.Popen[bytes]", report: Path) -> list[dict[str, Any]]:
    """Print each test as it is over, and return what was told of all."""
    told: list[dict[str, Any]] = []
    try:
        with report.open(encoding="utf-8") as lines:
            over = False
            while not over:
                over = _is_over(running)  # looked at before the last lines are read
                for line in lines:
                    told.append(json.loads(line))
                    click.echo(_line(told[-1]))
    finally:
        running.terminate()
        running.wait()
    return told


def _is_over(running: "subprocess.Popen[bytes]") -> bool:
    try:
        running.wait(timeout=0.5)
    except subprocess.TimeoutExpired:
        return False
    return True


def _line(told: dict[str, Any]) -> str:
    figures = ", ".join(f"{name} {value}" for name, value in told["figures"].items())
    number = told["fault"] if told["fault"] is not None else "-"
    said = "; ".join(part for part in (told["why"], figures) if part)
    return f"{number!s:>5}  {told['outcome']:<7} {told['seconds']:>7.1f} s  {told['name']}: {said}"
