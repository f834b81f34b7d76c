"""A worker that runs while a test needs it."""

import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from conftest import Installation
from fairgate.shared.actor import System
from fairgate.work import actions
from fairgate.work.jobs import run_worker
from fairgate.work.models import Job
from fairgate.work.rules import JSON

HERE = Path(__file__).parent
CHILD = (sys.executable, str(HERE / "child.py"))
BY = System("tester")


def until(condition: Callable[[], object], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.03)


def submit(name: str, **arguments: JSON) -> Job:
    return actions.submit(by=BY, name=f"test.{name}", title=f"Test of {name}", arguments=arguments)


def now(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)


@contextmanager
def at_work(workers: int = 1, command: Sequence[str] = CHILD) -> Iterator[threading.Event]:
    stop = threading.Event()
    threads = [
        threading.Thread(target=run_worker, args=(stop,), kwargs={"command": command}) for _ in range(workers)
    ]
    for thread in threads:
        thread.start()
    try:
        yield stop
    finally:
        stop.set()
        for thread in threads:
            thread.join(20)
        assert not any(thread.is_alive() for thread in threads)


@pytest.fixture
def worker(installation: Installation) -> Iterator[None]:
    with at_work():
        yield
