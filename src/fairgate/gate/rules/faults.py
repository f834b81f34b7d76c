"""What can be wrong with what somebody typed, as codes; pages say it with `gate.wording`."""

from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

_LARGEST = Decimal(10) ** 15  # eighteen digits, three of them after the point


class FaultCode(StrEnum):
    MISSING = "missing"
    TOO_LONG = "too-long"
    UNPRINTABLE = "unprintable"
    PAST = "past"
    NOT_LATER = "not-later"
    NOT_KNOWN = "not-known"
    NOT_ALLOWED = "not-allowed"
    UNEXPECTED = "unexpected"
    OWN_GATE = "own-gate"
    NOT_A_NUMBER = "not-a-number"
    THE_SAME = "the-same"


class Fault(NamedTuple):
    """A field, by its name in the action that took it, and what is wrong there."""

    field: str
    code: FaultCode


def text_faults(field: str, text: str, most: int, required: bool = True) -> list[Fault]:
    """What is wrong with a text of at most ``most`` characters. Line breaks and tabs are fine; other signs that can't be
    seen, and halves of characters, are not."""
    if required and not text.strip():
        return [Fault(field, FaultCode.MISSING)]
    if len(text) > most:
        return [Fault(field, FaultCode.TOO_LONG)]
    return [] if readable(text) else [Fault(field, FaultCode.UNPRINTABLE)]


def readable(text: str) -> bool:
    """No control sign but line breaks and tabs, no lone surrogate and no half of a byte order mark: PostgreSQL, the ledger or
    XML, which a spreadsheet is made of, could not keep those."""
    return text.isprintable() or not any(_is_unkeepable(sign) for sign in text)


def _is_unkeepable(sign: str) -> bool:
    return (sign < " " and sign not in "\n\r\t") or "\ud800" <= sign <= "\udfff" or sign in "\ufffe\uffff"


def value_faults(field: str, value: Decimal | None) -> list[Fault]:
    """An amount: finite, from zero up, fifteen digits before the point and three after it at most."""
    if value is None:
        return []
    fits = value.is_finite() and 0 <= value < _LARGEST and value == round(value, 3)
    return [] if fits else [Fault(field, FaultCode.NOT_A_NUMBER)]
