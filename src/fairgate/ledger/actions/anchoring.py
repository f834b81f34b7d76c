"""Writing the ledger's head where the database's owner need not be able to write."""

import os
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from fairgate.ledger import queries
from fairgate.ledger.rules import GENESIS, Anchor, anchors, stamp
from fairgate.shared import clock

_LOCK = int.from_bytes(b"ledger", "big")


def lock() -> None:
    """Wait until nobody else appends or anchors, and keep them out until this transaction ends.

    On SQLite the transaction itself does that: the settings begin every one of them IMMEDIATE.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def anchor() -> Anchor | None:
    """Write the ledger's head to its anchor file, unless the file already has it; returns the newest anchor.

    Runs after every commit that appended, not now and then: a tail can only be cut unnoticed where no anchor
    knows it. That is one line of about 300 bytes and one fsync per transaction, however many entries it
    appended. If the program stops in between, the next anchor covers what this one would have. Returns None
    for an empty ledger. Raises OSError when the folder cannot be written.
    """
    with transaction.atomic():
        lock()
        count, digest, chain = queries.ends()
        path = anchors.file_of(settings.ANCHORS, chain)
        newest = queries.anchor_file.last(path)
        if not count or (newest and newest.count >= count):
            return newest
        written = Anchor(stamp(clock.now()), chain, count, digest, newest.seal if newest else GENESIS)
        _write(path, written.line())
        return written


def anchor_up_to(count: int, *, chain: str) -> None:
    """Anchor unless the file already reaches this entry: most entries of a long transaction find it does."""
    newest = queries.anchor_file.last(anchors.file_of(settings.ANCHORS, chain))
    if newest is None or newest.count < count:
        anchor()


def _write(path: Path, line: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if queries.anchor_file.cut_short(path):
        line = b"\n" + line
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(descriptor, line)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
