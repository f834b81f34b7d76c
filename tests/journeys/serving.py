"""The real commands in processes of their own: what a person starts, and how it ends."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

PATIENCE = 60.0
"""Seconds a command may take to say its address; several tests share a slow machine."""


def environment(data: Path) -> dict[str, str]:
    """This process's, without anything that would point to another installation."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("FAIRGATE_", "DJANGO_"))}
    return {**own, "FAIRGATE_DATA": str(data)}


def fairgate(*arguments: str, data: Path) -> str:
    """What the command prints; fails with what it said when it fails."""
    done = subprocess.run(
        [sys.executable, "-m", "fairgate", *arguments],
        env=environment(data),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@dataclass
class Server:
    """A running `fairgate` that serves. ``said`` is what it printed, ``first`` the address it printed first."""

    data: Path
    port: int
    process: subprocess.Popen[str]
    first: str
    said: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def kill(self) -> None:
        """As a power cut would end it, with whatever it had begun."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=10)

    def stop(self) -> None:
        """As Ctrl-C would end it."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self.kill()


@contextmanager
def serving(data: Path, *command: str, port: int | None = None) -> Iterator[Server]:
    """``fairgate command --no-open --port N``, stopped at the end."""
    server = started(data, *command, port=port)
    try:
        yield server
    finally:
        server.stop()


def started(data: Path, *command: str, port: int | None = None) -> Server:
    port = port or free_port()
    log = data.parent / f"{data.name}-{port}-{time.monotonic_ns()}.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "fairgate", *command, "--no-open", "--port", str(port)],
            env=environment(data),
            stdout=output,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        said = log.read_text()
        if "Ctrl-C stops it." in said:
            return Server(data, port, process, re.findall(r"http://\S+", said)[0], said.splitlines())
        if process.poll() is not None:
            break
        time.sleep(0.1)
    process.kill()
    raise AssertionError(f"`fairgate {' '.join(command)}` did not begin to serve:\n{log.read_text()}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
