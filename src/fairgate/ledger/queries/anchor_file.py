"""Reading an anchor file. What its lines say is in `ledger.rules.anchors`."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from fairgate.ledger.rules import Anchor, anchors

_TAIL = 4096


def last(path: Path) -> Anchor | None:
    """The last whole anchor of a file; None when there is none."""
    try:
        with path.open("rb") as file:
            file.seek(max(0, file.seek(0, 2) - _TAIL))
            lines = file.read().splitlines(keepends=True)
    except FileNotFoundError:
        return None
    return next((anchor for line in reversed(lines) if (anchor := anchors.parse(line))), None)


def cut_short(path: Path) -> bool:
    """Whether a crash left the last line without its end."""
    try:
        with path.open("rb") as file:
            if file.seek(0, 2) == 0:
                return False
            file.seek(-1, 2)
            return file.read() != b"\n"
    except FileNotFoundError:
        return False


def lines(file: BinaryIO, size: int) -> Iterator[tuple[int, bytes]]:
    """Number and bytes of every line within the first ``size`` bytes."""
    for number, line in enumerate(file, start=1):
        size -= len(line)
        if size < 0:
            return
        yield number, line
