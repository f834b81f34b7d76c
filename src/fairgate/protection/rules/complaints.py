"""A complaint as a row: what one form or one line of a file says."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from hashlib import sha256

from fairgate.protection.rules.codes import LINES, NAME_LENGTH, TEXT_LENGTH, Level, Nature


class Fault(StrEnum):
    """What can be wrong with one value."""

    MISSING = "missing"
    TOO_LONG = "too-long"
    UNPRINTABLE = "unprintable"
    IN_THE_FUTURE = "in-the-future"
    TOO_OLD = "too-old"
    NOT_KNOWN = "not-known"
    TWICE = "twice"


@dataclass(frozen=True, slots=True)
class RowFault:
    """``row`` is the line of the file; 0 on a form."""

    row: int
    column: str
    fault: Fault
    found: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintRow:
    """``complainant`` is a person: kept from all who needn't know. ``key`` is what the other system calls it; without one,
    what it says stands for it."""

    product: str
    lot: str
    complainant: str
    nature: str
    severity: Level
    received: date
    reply: str = ""
    external: str = ""
    key: str = ""
    kind: Nature = Nature.COMPLAINT
    row: int = 0


COLUMNS = ("product", "lot", "complainant", "nature", "severity", "received", "reply", "external", "key")
REQUIRED = ("product", "lot", "nature", "severity", "received")
_LONG = frozenset({"nature", "reply"})
_EARLIEST = date(1970, 1, 1)


def longest(column: str) -> int:
    """Characters a column may hold."""
    return TEXT_LENGTH if column in _LONG else NAME_LENGTH


def faults_of(row: ComplaintRow, today: date) -> Iterator[RowFault]:
    """What is wrong with the row by itself."""
    for name in COLUMNS:
        value = getattr(row, name)
        if name in REQUIRED and not value:
            yield RowFault(row.row, name, Fault.MISSING)
        elif isinstance(value, str) and (fault := _text_fault(value, longest(name))):
            yield RowFault(row.row, name, fault, value[:60])
    if row.kind is Nature.COMPLAINT and not row.complainant:
        yield RowFault(row.row, "complainant", Fault.MISSING)
    if row.received > today:
        yield RowFault(row.row, "received", Fault.IN_THE_FUTURE, str(row.received))
    elif row.received < _EARLIEST:
        yield RowFault(row.row, "received", Fault.TOO_OLD, str(row.received))


def key_of(row: ComplaintRow) -> str:
    """The row's own key, or one made of what it says: the same complaint brought twice is one."""
    if row.key:
        return row.key
    said = (row.product, row.lot, row.complainant, row.nature, row.received.isoformat())
    return (
        "said:"
        + sha256("\x1f".join(" ".join(part.split()).casefold() for part in said).encode()).hexdigest()[:32]
    )


def as_facts(row: ComplaintRow) -> dict[str, str]:
    """What the row says, for the ledger."""
    return {one.name: str(getattr(row, one.name)) for one in fields(row) if one.name != "row"}


def _text_fault(text: str, most: int) -> Fault | None:
    if len(text) > most:
        return Fault.TOO_LONG
    hidden = (c for c in text if unicodedata.category(c).startswith("C") and c not in LINES)
    return Fault.UNPRINTABLE if next(hidden, None) is not None else None


def twice(rows: Sequence[ComplaintRow]) -> Iterator[RowFault]:
    """Rows of one file that have the same key."""
    first: dict[str, int] = {}
    for row in rows:
        if (before := first.setdefault(key_of(row), row.row)) != row.row:
            yield RowFault(row.row, "key", Fault.TWICE, str(before))
