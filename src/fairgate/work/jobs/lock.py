"""Whether anybody still runs a job: a lock the operating system lets go of when its holders are gone, however
they went. The worker takes it before it claims the job; on POSIX the job's process inherits it, so an orphan
still holds it."""

import os
import sys
from contextlib import suppress
from pathlib import Path
from shutil import rmtree
from typing import Self


class Lock:
    """The lock of one job, held. ``descriptor`` may be passed on to a subprocess."""

    def __init__(self, folder: Path, descriptor: int) -> None:
        self.folder, self.descriptor = folder, descriptor

    @classmethod
    def take(cls, folder: Path) -> Self | None:
        """The lock of the job in this folder, or None while somebody has it."""
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        if _try_lock(descriptor):
            return cls(folder, descriptor)
        os.close(descriptor)
        return None

    def let_go(self) -> None:
        os.close(self.descriptor)

    def sweep(self) -> None:
        """Remove the folder of a job that has ended, then let go. Whoever opened the lock before it was
        removed finds the job ended."""
        with suppress(OSError):
            rmtree(self.folder)
        self.let_go()


if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
