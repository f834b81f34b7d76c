"""How an entry is sealed.

The digest of an entry is the SHA-256, in lowercase hexadecimal, of these bytes:

    the line "fairgate ledger 1"; then one line with the length in bytes of every field in the order of
    `FIELDS`, in decimal, separated by commas; then the fields themselves, in UTF-8, numbers in decimal, with
    nothing between.

Lines end with a line feed. Lengths in front leave no two ways to cut the text into fields. ``previous`` is
the digest of the entry before, or `GENESIS`, so each digest depends on everything that came before it.
"""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

GENESIS = "0" * 64
FIELDS = (
    "sequence",
    "at",
    "actor_id",
    "actor_name",
    "actor_role",
    "action",
    "subject_kind",
    "subject_id",
    "subject_label",
    "old",
    "new",
    "reason",
    "anchored",
    "previous",
)
ACTION = re.compile(r"[a-z]+(\.[a-z0-9]+(-[a-z0-9]+)*)+")
_HEAD = b"fairgate ledger 1\n" + b",".join([b"%d"] * len(FIELDS)) + b"\n"


class Subject(NamedTuple):
    """What an entry is about: a kind such as ``unit``, an id that is never reused, and how people call it."""

    kind: str
    id: str
    label: str


def digest(fields: Sequence[bytes]) -> str:
    """The seal of one entry, from its `FIELDS` as bytes in that order. Raises TypeError for any other
    number."""
    return sha256(_HEAD % tuple(map(len, fields)) + b"".join(fields)).hexdigest()


def canonical(values: Mapping[str, object] | None) -> str:
    """Values as JSON text that depends on nothing but the values: sorted keys, no spaces, UTF-8. None becomes
    "".

    Raises TypeError for a value that has no such form, ValueError for infinities and not-a-number.
    """
    if values is None:
        return ""
    return json.dumps(
        values, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False, default=_plain
    )


def _plain(value: object) -> str:
    if isinstance(value, date):  # a datetime is a date
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    message = (
        f"the ledger cannot record a {type(value).__name__}: give text, numbers, dates, lists or mappings"
    )
    raise TypeError(message)


def stamp(moment: datetime) -> str:
    """A moment as the ledger writes it: UTC, always microseconds, so that text order is time order."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def unrecordable(text: str) -> str:
    """Why this text cannot be recorded the same on every database, or ""."""
    if "\x00" in text:
        return "contains the character NUL"
    if not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text):
        return "contains half a character (a lone surrogate)"
    return ""
