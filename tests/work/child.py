"""Stands in for `fairgate work ID`, with tasks made for tests."""

import os
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from uuid import UUID

import django

django.setup()

from django.db import transaction  # noqa: E402 - after django.setup()

from fairgate.ledger import actions as ledger  # noqa: E402 - after django.setup()
from fairgate.ledger.rules import Subject  # noqa: E402 - after django.setup()
from fairgate.shared.actor import System  # noqa: E402 - after django.setup()
from fairgate.work.jobs import run_one  # noqa: E402 - after django.setup()
from fairgate.work.rules import JSON, Problem, Progress, Save, task  # noqa: E402 - after django.setup()


def note(what: str) -> None:
    """An entry in the ledger: something that must happen once."""
    ledger.append(by=System("task"), action="test.done", subject=Subject("thing", what, what))


def wait_for(path: str, progress: Progress, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not Path(path).exists() and time.monotonic() < end:
        progress(0.5, "waiting for the test")
        time.sleep(0.02)


@task("test.add")
def add(progress: Progress, *, numbers: JSON) -> Mapping[str, JSON]:
    assert isinstance(numbers, list)
    total = 0
    for place, number in enumerate(numbers, start=1):
        total += number  # type: ignore[operator]  # a wrong one is a test's bad input
        progress(place / len(numbers), f"number {place}")
    return {"sum": total}


@task("test.backwards")
def backwards(progress: Progress) -> Mapping[str, JSON]:
    for done in (0.2, 0.9, 0.4, 2.0, -1.0):
        progress(done, f"said {done}")
        time.sleep(0.3)
    return {}


@task("test.save_once")
def save_once(progress: Progress, *, what: JSON, go: JSON) -> Save:
    wait_for(str(go), progress)

    def save() -> Mapping[str, JSON]:
        note(str(what))
        return {"noted": what}

    return save


@task("test.save_then_die")
def save_then_die(progress: Progress, *, what: JSON) -> Save:
    def save() -> Mapping[str, JSON]:
        note(str(what))
        os.kill(os.getpid(), 9)
        return {}

    return save


@task("test.hold_the_lock")
def hold_the_lock(progress: Progress, *, seconds: JSON) -> Mapping[str, JSON]:
    """One long transaction that writes, reporting meanwhile."""
    with transaction.atomic():
        note("held")
        for tick in range(int(float(str(seconds)) * 20)):
            progress(tick / (float(str(seconds)) * 20), f"tick {tick}")
            time.sleep(0.05)
    return {}


@task("test.deaf")
def deaf(progress: Progress) -> Mapping[str, JSON]:
    """Hears no SIGTERM, never asks whether it is to be cancelled, and has begun a process of its own."""
    import signal
    import subprocess

    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    own = subprocess.Popen(
        [sys.executable, "-c", "import signal,time; signal.signal(15, signal.SIG_IGN); time.sleep(300)"]
    )
    progress(0.1, f"{os.getpid()} {own.pid}")
    time.sleep(300)
    return {}


@task("test.bad_input")
def bad_input(progress: Progress) -> Mapping[str, JSON]:
    raise Problem("log.csv, row 3, column Time: found “soon”, expected a date")


@task("test.program_error")
def program_error(progress: Progress) -> Mapping[str, JSON]:
    print("before the error")
    raise KeyError("lost")


@task("test.killed")
def killed(progress: Progress) -> Mapping[str, JSON]:
    os.kill(os.getpid(), 9)
    return {}


@task("test.exits")
def exits(progress: Progress) -> Mapping[str, JSON]:
    os._exit(7)


if __name__ == "__main__":
    sys.exit(run_one(UUID(sys.argv[1])))
