"""A private key on its way from the request to the job's process: a file outside the database, for moments.

The job reads it, overwrites it and removes it before it opens the first envelope. A job that dies afterwards needs the key
again; the officer has it. What a job left that never began is swept away.
"""

import os
import secrets
import time
from contextlib import suppress
from pathlib import Path
from uuid import UUID

from django.conf import settings

from fairgate.shared.actor import Actor
from fairgate.voice.models import Period
from fairgate.voice.rules import KeyGone
from fairgate.work.queries import has_ended


def lay(period: UUID, private: bytes) -> None:
    """Readable by this system's user only."""
    folder = Path(settings.KEYS)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = _path(period)
    shred(path)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(descriptor, private)
    finally:
        os.close(descriptor)


def take(period: UUID) -> bytes:
    """The key, which is gone from there. Raises `KeyGone`."""
    try:
        return _path(period).read_bytes()
    except FileNotFoundError:
        raise KeyGone from None
    finally:
        shred(_path(period))


def withdraw(period: UUID) -> None:
    shred(_path(period))


_LAYING = 60.0
"""Seconds. A key lies there a moment before the job that waits for it is written down."""


def sweep_keys(*, by: Actor) -> int:
    """Remove keys that no job waits for; returns how many. ``by``: whoever begins work, nothing is recorded."""
    swept = 0
    for path in sorted(Path(settings.KEYS).glob("*.key")):
        if not _is_awaited(path):
            shred(path)
            swept += 1
    return swept


def _is_awaited(path: Path) -> bool:
    with suppress(FileNotFoundError):
        if time.time() - path.stat().st_mtime < _LAYING:
            return True
    with suppress(ValueError, Period.DoesNotExist):
        job = Period.objects.values_list("job_id", flat=True).get(pk=UUID(path.stem))
        return job is not None and not has_ended(job)
    return False


def shred(path: Path) -> None:
    """Overwritten first, for what that is worth on the disk at hand."""
    with suppress(FileNotFoundError):
        with path.open("r+b") as file:
            file.write(secrets.token_bytes(path.stat().st_size))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()


def _path(period: UUID) -> Path:
    return Path(settings.KEYS, f"{period}.key")
