"""Times as people and programs write them, one format for a whole column, read by shape.

A text's *shape* is the text with each digit made 0: "2026-11-22T14:05:00Z" is "0000-00-00T00:00:00Z". A
column has few shapes, so each is understood once and all its rows are then read at once, digit by digit.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MOST_SHAPES = 64  # ten or so are usual: days, months and hours with one digit or two
TWO_WAYS = "The dates could be read day first or month first; day first is assumed."
NOT_A_TIME = np.datetime64("NaT", "us")

_CLOCK = r"(?P<hour>00?):(?P<minute>00)(?::(?P<second>00)(?:[.,](?P<fraction>0{1,9}))?)?"
_ZONE = r"(?: ?(?P<zone>Z|UTC|GMT|(?P<sign>[+-])(?P<zone_hour>00):?(?P<zone_minute>00)?))?"
_TIME = rf"(?:(?:T|t| +|, ?){_CLOCK}(?: ?(?P<half>[AaPp]\.?[Mm]\.?))?{_ZONE})?"
_FAMILIES = {
    "iso": re.compile(rf"(?P<a>0000)(?P<mark>[-/.])(?P<b>00?)(?P=mark)(?P<c>00?){_TIME}"),
    "compact": re.compile(rf"(?P<a>0000)(?P<b>00)(?P<c>00){_TIME}"),
    "other": re.compile(rf"(?P<a>00?)(?P<mark>[./-])(?P<b>00?)(?P=mark)(?P<c>0000|00){_TIME}"),
}
_ORDERS = {"iso": "ymd", "compact": "ymd"}
_PIVOT = 70  # two-digit years: 69 is 2069, 70 is 1970


@dataclass(frozen=True, slots=True)
class Times:
    """A column of times.

    `times` datetime64[us][n], in UTC where the text names a zone and as written where it doesn't; NaT where
    the text is no time in the column's format. `zoned` bool[n]. `format` is how the column writes them,
    `assumed` says in a sentence what the column didn't tell ("" when nothing).
    """

    times: NDArray[np.datetime64]
    zoned: NDArray[np.bool_]
    format: str
    assumed: str = ""


def order_of(date_format: str) -> str:
    """The order a format names: "dd/mm/yyyy" or "%d/%m/%Y" is "dmy", "iso" is "ymd"; else ""."""
    plain = date_format.lower().replace("%", "").strip()
    known = {"iso": "ymd", "day first": "dmy", "month first": "mdy", "year first": "ymd"}
    if plain in known:
        return known[plain]
    order = "".join(dict.fromkeys(re.sub(r"[^dmy]", "", re.split(r"[ t]", plain)[0])))
    return order if order in {"dmy", "mdy", "ymd"} else ""


def read_times(texts: Sequence[str], date_format: str = "") -> Times:
    """The times of a column, its format found over all of them or given by `date_format` (see `order_of`).

    Texts are shaped like ISO 8601, yyyymmdd, d.m.yyyy, d/m/yyyy, m/d/yyyy or with dashes, with or without a
    clock time, seconds, fractions (beyond microseconds cut), am or pm, and a zone.
    """
    marks = _as_bytes(texts)
    found = [_Shape.of(shape, rows) for shape, rows in _shapes(marks)]
    known = [shape for shape in found if shape is not None]
    family = _usual_family(known)
    used = [shape for shape in known if shape.family == family]
    parts = [_Parts.of(marks[shape.rows], shape) for shape in used]
    order, assumed = _order(family, used, parts, date_format)
    times = np.full(len(texts), NOT_A_TIME)
    zoned = np.zeros(len(texts), bool)
    for shape, part in zip(used, parts, strict=True):
        times[shape.rows] = part.times(order)
        zoned[shape.rows] = shape.zone
    return Times(times, zoned, _format_name(used, order, zoned[~np.isnat(times)]), assumed)


@dataclass(frozen=True, slots=True)
class _Shape:
    family: str
    match: "re.Match[str]"
    rows: NDArray[np.intp]

    @classmethod
    def of(cls, shape: bytes, rows: NDArray[np.intp]) -> "_Shape | None":
        text = shape.decode("latin-1")
        for family, pattern in _FAMILIES.items():
            if match := pattern.fullmatch(text):
                return cls(family, match, rows)
        return None

    @property
    def zone(self) -> bool:
        return self.match["zone"] is not None

    @property
    def mark(self) -> str:
        return self.match["mark"] if self.family != "compact" else ""


@dataclass(frozen=True, slots=True)
class _Parts:
    """The numbers of all rows of one shape, each int64[rows]; `clock` is microseconds from midnight, UTC."""

    a: NDArray[np.int64]
    b: NDArray[np.int64]
    c: NDArray[np.int64]
    clock: NDArray[np.int64]
    valid: NDArray[np.bool_]
    short_year: bool

    @classmethod
    def of(cls, marks: NDArray[np.uint8], shape: _Shape) -> "_Parts":
        def number(group: str) -> NDArray[np.int64]:
            start, end = shape.match.span(group)
            total = np.zeros(len(marks), np.int64)
            for at in range(start, end):
                total = total * 10 + (marks[:, at].astype(np.int64) - 48)
            return total

        clock, valid = _clock(shape.match, number, len(marks))
        short = shape.family == "other" and len(shape.match["c"]) == 2
        return cls(number("a"), number("b"), number("c"), clock, valid, short)

    def times(self, order: str) -> NDArray[np.datetime64]:
        by_letter = dict(zip(order, (self.a, self.b, self.c), strict=True))
        year, month, day = by_letter["y"], by_letter["m"], by_letter["d"]
        if self.short_year:
            year = year + np.where(year < _PIVOT, 2000, 1900)
        valid = self.valid & (year >= 1) & (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31)
        months = (np.where(valid, year, 1970) - 1970) * 12 + np.where(valid, month, 1) - 1
        first = months.astype("M8[M]")
        days = first.astype("M8[D]") + (np.where(valid, day, 1) - 1)
        valid &= days.astype("M8[M]") == first  # no 30 February
        times: NDArray[np.datetime64] = days.astype("M8[us]") + self.clock.astype("m8[us]")
        times[~valid] = NOT_A_TIME
        return times


def _clock(
    match: "re.Match[str]", number: Callable[[str], NDArray[np.int64]], count: int
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    zero = np.zeros(count, np.int64)
    if match["hour"] is None:
        return zero, np.ones(count, bool)
    hour, minute = number("hour"), number("minute")
    second = number("second") if match["second"] else zero
    valid = (minute < 60) & (second < 60)
    if match["half"]:
        valid &= (hour >= 1) & (hour <= 12)
        hour = hour % 12 + (12 if match["half"][0] in "Pp" else 0)
    valid &= hour < 24
    clock = ((hour * 60 + minute) * 60 + second) * 1_000_000
    if match["fraction"]:
        digits = len(match["fraction"])
        fraction = number("fraction")
        clock = clock + (fraction * 10 ** (6 - digits) if digits <= 6 else fraction // 10 ** (digits - 6))
    if match["sign"]:
        zone_minute = number("zone_minute") if match["zone_minute"] else zero
        offset = number("zone_hour") * 60 + zone_minute
        valid &= (number("zone_hour") <= 18) & (zone_minute < 60)
        clock = clock - offset * (60_000_000 if match["sign"] == "+" else -60_000_000)
    return clock, valid


def _as_bytes(texts: Sequence[str]) -> NDArray[np.uint8]:
    """uint8[n, longest]: the texts' characters, those outside Latin-1 made "?", padded with zeros."""
    if not len(texts):
        return np.zeros((0, 1), np.uint8)
    column = np.array([text.strip()[:64].encode("latin-1", "replace") for text in texts], dtype=bytes)
    return (
        column.view(np.uint8).reshape(len(texts), -1)
        if column.itemsize
        else np.zeros((len(texts), 1), np.uint8)
    )


def _shapes(marks: NDArray[np.uint8]) -> list[tuple[bytes, NDArray[np.intp]]]:
    """Each distinct shape with the rows that have it; rows beyond the most shapes stay without one."""
    digit = (marks >= 48) & (marks <= 57)
    shaped = np.where(digit, np.uint8(48), marks)
    left = np.arange(len(marks))
    found: list[tuple[bytes, NDArray[np.intp]]] = []
    while len(left) and len(found) < MOST_SHAPES:
        same = (shaped[left] == shaped[left[0]]).all(axis=1)
        found.append((shaped[left[0]].tobytes().rstrip(b"\0"), left[same]))
        left = left[~same]
    return found


def _usual_family(shapes: Sequence[_Shape]) -> str:
    rows: dict[str, int] = {}
    for shape in shapes:
        rows[shape.family] = rows.get(shape.family, 0) + len(shape.rows)
    return max(rows, key=lambda family: rows[family], default="iso")


def _order(
    family: str, shapes: Sequence[_Shape], parts: Sequence[_Parts], date_format: str
) -> tuple[str, str]:
    if family in _ORDERS:
        return _ORDERS[family], ""
    chosen = order_of(date_format)
    if chosen in {"dmy", "mdy"}:
        return chosen, ""
    if not parts:
        return "dmy", ""
    day_first = sum(int((part.a > 12).sum()) for part in parts)
    month_first = sum(int((part.b > 12).sum()) for part in parts)
    if day_first or month_first:
        return ("dmy" if day_first >= month_first else "mdy"), ""
    if all(shape.mark == "." for shape in shapes):
        return "dmy", ""
    return "dmy", TWO_WAYS


def _format_name(shapes: Sequence[_Shape], order: str, zoned: NDArray[np.bool_]) -> str:
    if not shapes:
        return ""
    longest = max(shapes, key=lambda shape: len(shape.rows))
    letters = {"y": "yyyy", "m": "mm", "d": "dd"}
    date = longest.mark.join(letters[letter] for letter in order)
    clock = " hh:mm" if longest.match["hour"] else ""
    clock += ":ss" if longest.match["second"] else ""
    zone = " with zone, shown in UTC" if len(zoned) and zoned.all() else ""
    return f"{date}{clock}{zone}"
