"""Amounts as people write them: 1,234.5 and 1.234,5 and 1'234.50, decided over a whole column."""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_SPACES = re.compile(r"[\s'’_]")
_PLAIN = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?")
_NUMBER = re.compile(r"[+-]?[\d.,]*\d[\d.,]*(?:[eE][+-]?\d{1,3})?")
_GROUPED = re.compile(r"[+-]?\d{1,3}([.,])\d{3}")
_CURRENCY = re.compile(r"^(?:€|\$|£|EUR|USD|CHF|GBP)|(?:€|\$|£|EUR|USD|CHF|GBP|%)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Notation:
    """`decimal` is "." or ","; `assumed` when the column didn't tell."""

    decimal: str
    assumed: bool = False


def notation(texts: Iterable[str], *, prefer: str = ".") -> Notation:
    """How a column writes its decimals.

    A cell with both signs, or one sign twice, or one sign not followed by exactly three digits, tells. Where
    no cell tells but some could be read both ways ("1,234"), `prefer` is taken and `assumed` is set.
    """
    votes = {".": 0, ",": 0}
    doubtful = False
    for text in texts:
        vote = _vote(_bare(text))
        if vote == "?":
            doubtful = True
        elif vote:
            votes[vote] += 1
    if votes[","] == votes["."] == 0:
        return Notation(prefer, assumed=doubtful)
    return Notation("," if votes[","] > votes["."] else ".")


def amount(text: str, decimal: str = ".") -> float | None:
    """The number in `text`, or None when there is none; "" is not a number."""
    bare = _bare(text)
    if not _NUMBER.fullmatch(bare):
        return None
    thousands = "." if decimal == "," else ","
    whole, sign, fraction = bare.partition(decimal)
    if thousands in fraction or (thousands in whole and not _well_grouped(whole, thousands)):
        return None
    plain = whole.replace(thousands, "") + ("." if sign else "") + fraction
    if not _PLAIN.fullmatch(plain):
        return None
    value = float(plain)
    return value if math.isfinite(value) else None


def is_number(text: str) -> bool:
    return amount(text, ".") is not None or amount(text, ",") is not None


def amounts(texts: Sequence[str], *, prefer: str = ".") -> tuple[list[float | None], Notation]:
    """The numbers of a column and how it writes them."""
    how = notation(texts, prefer=prefer)
    return [amount(text, how.decimal) for text in texts], how


def _bare(text: str) -> str:
    return _CURRENCY.sub("", _SPACES.sub("", text))


def _vote(text: str) -> str:
    points, commas = text.count("."), text.count(",")
    if not _NUMBER.fullmatch(text) or not points + commas:
        return ""
    if points and commas:
        return "." if text.rfind(".") > text.rfind(",") else ","
    sign = "." if points else ","
    if points + commas > 1:
        return "," if points else "."
    if _GROUPED.fullmatch(text) and not re.match(r"[+-]?0", text):
        return "?"
    return sign


def _well_grouped(whole: str, thousands: str) -> bool:
    head, *groups = whole.lstrip("+-").split(thousands)
    return 1 <= len(head) <= 3 and all(len(group) == 3 for group in groups)
