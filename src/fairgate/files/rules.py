"""What a kept file is called, how large it may be, and how it can be found."""

import re
import unicodedata
from enum import StrEnum
from typing import NamedTuple

NAME_LENGTH = 200
SHA256 = re.compile(r"[0-9a-f]{64}")


class Condition(StrEnum):
    """How a kept file is found when it is checked."""

    INTACT = "intact"
    CHANGED = "changed"
    MISSING = "missing"


class Damage(NamedTuple):
    """A kept file that is not as it was given."""

    sha256: str
    name: str
    condition: Condition


class TooLarge(ValueError):
    """The content is larger than this installation keeps."""

    def __init__(self, name: str, largest: int) -> None:
        super().__init__(f"{name}: found more than {largest:,} bytes, expected at most that many")
        self.name, self.largest = name, largest


def shown(name: str) -> str:
    """A file's name as it is shown: the last part of whatever path it came with, without control characters,
    directional overrides or surplus spaces. Never used as a path."""
    last = re.split(r"[/\\]", name.strip("/\\ "))[-1]
    clean = "".join(" " if unicodedata.category(c).startswith(("C", "Z")) else c for c in last)
    return " ".join(clean.split())[-NAME_LENGTH:] or "file"


def place(sha256: str) -> str:
    """Where a file lies below the folder of files: two levels of folders, then its hash.

    Raises ValueError for anything but 64 lowercase hexadecimal digits, so no path can be smuggled in.
    """
    if not SHA256.fullmatch(sha256):
        message = f"found {sha256[:80]!r}, expected a SHA-256 in 64 lowercase hexadecimal digits"
        raise ValueError(message)
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"
