#!/usr/bin/env python3
"""The one way in: makes the environment the commands need, and runs them in it.

`python3 app.py demo` on a machine with nothing but Python 3.11 first builds `.venv` from the locked packages. Nothing
outside the standard library is imported before that.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
PYTHON = VENV / "bin" / "python"
DEVELOPMENT = {"test", "check", "faults"}  # the commands that need the development packages as well
HELP = {"-h", "--help"}  # needs no more than the command line itself
USAGE_ERROR = 2


def main() -> None:
    if sys.version_info < (3, 11):  # noqa: UP036 (this file is read before anything vouches for the version)
        stop(f"Python {sys.version.split()[0]} is too old: expected 3.11 or newer")
    develops = DEVELOPMENT & set(sys.argv[1:2]) and not HELP & set(sys.argv)
    lock = HERE / ("requirements-dev.lock" if develops else "requirements.lock")
    if not is_ready(lock):
        make_environment(lock)
    if Path(sys.prefix) != VENV:
        os.execv(PYTHON, [str(PYTHON), str(HERE / "app.py"), *sys.argv[1:]])
    from commands.main import run  # noqa: PLC0415 (only now are its packages there)

    run(sys.argv[1:])


def stamp(lock: Path) -> Path:
    """Return the file that says this very lock is installed."""
    fingerprint = hashlib.sha256(lock.read_bytes() + sys.version.encode()).hexdigest()[:16]
    return VENV / f".{lock.stem}-{fingerprint}"


def is_ready(lock: Path) -> bool:
    """Say whether the packages are there; the development packages contain the others."""
    return PYTHON.exists() and (stamp(lock).exists() or stamp(HERE / "requirements-dev.lock").exists())


def make_environment(lock: Path) -> None:
    """Create `.venv` and install the locked packages, each checked against its hash."""
    say("Setting up .venv, once ...")
    if not PYTHON.exists():
        make_venv()
    pip = [str(PYTHON), "-m", "pip", "install", "--require-hashes", "--disable-pip-version-check", "-r", str(lock)]
    wanted = sum("==" in line for line in lock.read_text(encoding="utf-8").splitlines())
    with subprocess.Popen(pip, stdout=subprocess.PIPE, text=True) as installing:
        show_progress(installing, wanted)
    if installing.returncode:
        stop("the packages could not be installed: pip says why above")
    for old in VENV.glob(f".{lock.stem}-*"):
        old.unlink()
    stamp(lock).touch()
    say("Ready.")


def show_progress(installing: "subprocess.Popen[str]", wanted: int) -> None:
    """Count the packages as pip comes to them, on one line of a terminal and every tenth one elsewhere."""
    seen = 0
    for line in installing.stdout or ():
        if line.startswith(("Collecting ", "Requirement already")):
            seen += 1
            if sys.stderr.isatty():
                sys.stderr.write(f"\r  package {min(seen, wanted)} of {wanted} ")
                sys.stderr.flush()
            elif seen % 10 == 0:
                say(f"  package {min(seen, wanted)} of {wanted}")
        elif line.startswith("Installing "):
            say("\n  unpacking ..." if sys.stderr.isatty() else "  unpacking ...")


def make_venv() -> None:
    """Create `.venv`. Debian leaves the module out of its smallest Python: root installs it, others are told how."""
    if subprocess.run([sys.executable, "-m", "venv", str(VENV)], capture_output=True, check=False).returncode == 0:
        return
    apt = "apt-get update && apt-get install -y --no-install-recommends python3-venv"
    if os.geteuid() == 0 and shutil.which("apt-get"):
        say(f"  {apt}")
        subprocess.run(["sh", "-c", apt], stdout=subprocess.DEVNULL, check=False)
        shutil.rmtree(VENV, ignore_errors=True)
        if subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=False).returncode == 0:
            return
    stop(f"this Python cannot make a virtual environment: install it with '{apt}'")


def say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def stop(why: str) -> None:
    say(f"app.py: {why}")
    sys.exit(USAGE_ERROR)


if __name__ == "__main__":
    main()
