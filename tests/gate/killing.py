"""Kills a process in the middle of an action, again and again.

A nursery process loads Django once and forks a child for every kill; the child repeats an action with real commits until
SIGKILL ends it at a random moment. The child says on a pipe when it begins an action and when it has ended one, so a test
knows how many kills fell inside.

    with nursery(installation, "gate.kill_actions:submits") as child:
        for pause in moments(20, seed=3):
            killed = child.kill_after(pause)
            … whatever must hold …

``gate.kill_actions:submits`` is a function without arguments, called in the child; it returns the action to repeat.
"""

import os
import random
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conftest import Installation

TESTS = Path(__file__).parents[1]
BEGUN, ENDED = b"<", b">"


@dataclass(frozen=True)
class Killed:
    """How many actions the child began and ended before it was killed."""

    begun: int
    ended: int

    @property
    def inside(self) -> bool:
        """Whether the kill fell into an action."""
        return self.begun > self.ended


class Nursery:
    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self._process = process

    def kill_after(self, pause: float) -> Killed:
        """Begin a child, let it work for ``pause`` seconds from its first action on, and kill it."""
        self._say(b"fork\n")
        pid = int(self._line())
        first = self._read(1)
        assert first == BEGUN, "the child ended before its first action"
        time.sleep(pause)
        os.kill(pid, signal.SIGKILL)
        work, _, status = self._line().rpartition(b" ")
        assert int(status) == -signal.SIGKILL, f"the child ended by itself: {status.decode()}"
        _until_the_server_noticed()
        return Killed(1 + work.count(BEGUN), work.count(ENDED))

    def _say(self, text: bytes) -> None:
        assert self._process.stdin
        self._process.stdin.write(text)
        self._process.stdin.flush()

    def _line(self) -> bytes:
        assert self._process.stdout
        return self._process.stdout.readline().rstrip(b"\n")

    def _read(self, size: int) -> bytes:
        assert self._process.stdout
        return self._process.stdout.read(size)


@contextmanager
def nursery(installation: "Installation", action: str) -> Iterator[Nursery]:
    """``action``: ``module:function``, importable from the folder of tests."""
    paths = os.pathsep.join([str(TESTS), os.environ.get("PYTHONPATH", "")])
    process = subprocess.Popen(
        [sys.executable, str(Path(__file__)), action],
        env={**installation.environment, "PYTHONPATH": paths},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        yield Nursery(process)
    finally:
        assert process.stdin
        process.stdin.close()
        process.wait(30)
        assert process.stdout
        process.stdout.close()


def moments(times: int, seed: int, most: float = 0.06) -> list[float]:
    """Random moments, in seconds from the beginning of a child's first action."""
    chance = random.Random(seed)
    return [chance.uniform(0, most) for _ in range(times)]


def _until_the_server_noticed(seconds: float = 10) -> None:
    """PostgreSQL: until whatever the dead child had sent is either done or undone."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            if cursor.fetchone() == (0,):
                return
        time.sleep(0.005)
    raise AssertionError("the killed child's connection is still there")


def _serve(action: str) -> None:
    """The nursery process: forks when told to, and says how each child ended."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fairgate.config.settings")
    django.setup()
    module, _, name = action.partition(":")
    begin: Callable[[], Callable[[], object]] = getattr(import_module(module), name)
    for _ in sys.stdin:
        pid = os.fork()
        if pid == 0:
            _repeat(begin)
        _, status = os.waitpid(pid, 0)
        os.write(1, f" {os.waitstatus_to_exitcode(status)}\n".encode())


def _repeat(begin: Callable[[], Callable[[], object]]) -> None:
    """The child: never returns."""
    try:
        os.write(1, f"{os.getpid()}\n".encode())
        act = begin()
        act()  # the first opens the connection and compiles the queries: slow, and not what is to be hit
        while True:
            os.write(1, BEGUN)
            act()
            os.write(1, ENDED)
    except BaseException:  # noqa: BLE001 - a forked child must not run on in its parent's code
        traceback.print_exc()
        os._exit(1)


if __name__ == "__main__":
    _serve(sys.argv[1])
