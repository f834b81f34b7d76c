"""Keeping files."""

import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import transaction

from fairgate.files.models import StoredFile
from fairgate.files.rules import TooLarge, place, shown
from fairgate.ledger import actions as ledger
from fairgate.ledger.rules import Subject
from fairgate.shared import clock
from fairgate.shared.actor import Actor


class _Received(NamedTuple):
    path: Path
    sha256: str
    size: int


def keep(*, by: Actor, name: str, content: Iterable[bytes]) -> StoredFile:
    """Keep ``content`` (read once, in pieces) under its hash; the same content again gives the file kept
    first.

    The content is on disk under its final name before the record says so: a crash leaves a file nobody refers
    to, never a record without its file. Receiving happens before the transaction, which on SQLite would keep
    every other writer waiting meanwhile. Raises `TooLarge` above ``settings.LARGEST_FILE`` bytes.
    """
    received = _receive(shown(name), content, settings.LARGEST_FILE)
    try:
        _settle(received)
    finally:
        received.path.unlink(missing_ok=True)
    return _record(by, shown(name), received)


@transaction.atomic
def _record(by: Actor, name: str, received: _Received) -> StoredFile:
    values = {"name": name, "size": received.size, "kept_at": clock.now(), "kept_by": by.actor_id}
    stored, new = StoredFile.objects.get_or_create(sha256=received.sha256, defaults=values)
    if new:
        ledger.append(
            by=by,
            action="files.kept",
            subject=Subject("file", stored.sha256, stored.name),
            new={"name": stored.name, "size": stored.size, "sha256": stored.sha256},
        )
    return stored


def _receive(name: str, content: Iterable[bytes], largest: int) -> _Received:
    """Write the pieces to a temporary file, only the owner may read it, while hashing them."""
    folder = Path(settings.FILES, "incoming")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor, made = tempfile.mkstemp(dir=folder)
    hashed, size = sha256(), 0
    try:
        with os.fdopen(descriptor, "wb") as file:
            for piece in content:
                hashed.update(piece)
                size += len(piece)
                if size > largest:
                    raise TooLarge(name, largest)
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        Path(made).unlink(missing_ok=True)
        raise
    return _Received(Path(made), hashed.hexdigest(), size)


def _settle(received: _Received) -> None:
    """Give the file its final name, durably. A file already there has the same content, unless it was
    damaged: the fresh copy takes its place either way."""
    final = Path(settings.FILES, place(received.sha256))
    final.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    received.path.replace(final)
    _sync_folder(final.parent)


def _sync_folder(folder: Path) -> None:
    with suppress(OSError):  # Windows opens no folders; there the rename is durable by itself
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
