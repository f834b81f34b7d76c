"""The server's postman: looks every minute whether letters are due, and sends them in a process of its own. On its round it
removes keys of periods that no job waits for any more."""

import subprocess
import sys
from collections.abc import Sequence
from threading import Event

from django.db import DatabaseError, connections

from fairgate.mail import queries
from fairgate.shared import clock
from fairgate.shared.actor import System
from fairgate.voice import actions as voice

COMMAND = (sys.executable, "-m", "fairgate.cli", "mail", "send", "--json", "--most", "200")
_SECONDS_BETWEEN_LOOKS = 60.0


def keep_sending(
    stop: Event, *, command: Sequence[str] = COMMAND, every: float = _SECONDS_BETWEEN_LOOKS
) -> None:
    """Until ``stop`` is set. A round that runs then ends by itself: stopping it in the middle of a letter would leave that one
    in doubt. What it prints is thrown away: counts, which the outbox has as well."""
    running: subprocess.Popen[bytes] | None = None
    while not stop.wait(every):
        try:
            voice.sweep_keys(by=System("server"))  # of a job that was cancelled, or killed
            if running is not None and running.poll() is None:
                continue
            if queries.is_there_work(clock.now()):
                running = subprocess.Popen(  # noqa: S603 - our own command
                    command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
                )
        except DatabaseError:
            connections.close_all()  # tried again at the next look
    connections.close_all()
