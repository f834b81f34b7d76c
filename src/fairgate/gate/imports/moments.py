"""Cells as moments in UTC, with what they say and don't say about clock and zone."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import NamedTuple
from zoneinfo import ZoneInfo

from fairgate.readers.dates import read_times
from fairgate.readers.table import Cell, as_text

WRITTEN = {"ymd": "2026-11-22", "dmy": "22.11.2026", "mdy": "11/22/2026"}
"""How a day is written in each order a mapping may state."""
# What a text begins with that may be read in this order. Read by another one it would be a guess, and 03/04 another day.
_FITS = {
    "ymd": re.compile(r"\d{4}"),
    "dmy": re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d"),
    "mdy": re.compile(r"\d{1,2}[/-]\d{1,2}[/-]\d"),
}
_CLOCK = re.compile(r"\d[T ]\s*\d{1,2}:\d\d|\d{8}T\d|\d\s*[ap]\.?m", re.IGNORECASE)


class Moment(NamedTuple):
    """``at`` is UTC. ``has_clock``: False for a day without a time, which stands for its beginning. ``zoned``: whether the
    cell named its zone itself."""

    at: datetime
    has_clock: bool
    zoned: bool

    def day(self, zone: ZoneInfo) -> object:
        return self.at.astimezone(zone).date()

    def end_of_day(self, zone: ZoneInfo) -> "Moment":
        """The last moment of its day in ``zone``."""
        last = datetime.combine(self.at.astimezone(zone).date(), time.max, zone)
        return self._replace(at=last.astimezone(UTC))

    def shown(self, zone: ZoneInfo) -> str:
        return self.at.astimezone(zone).strftime("%Y-%m-%d %H:%M" if self.has_clock else "%Y-%m-%d")


def moments(cells: Sequence[Cell], zone: ZoneInfo, date_format: str) -> list[Moment | str]:
    """For each cell its moment, or its text where that is none ("" for an empty cell). Texts without a zone, and a
    workbook's own dates, are times in ``zone``: of a clock time that comes twice when clocks go back, the first. Texts are
    read in the order of ``date_format`` ("ymd", "dmy" or "mdy") or not at all."""
    texts = ["" if isinstance(cell, datetime) else as_text(cell) for cell in cells]
    fits = _FITS[date_format].match
    read = read_times([text if fits(text) else "" for text in texts], date_format)
    times: list[datetime | None] = read.times.tolist()
    zoned: list[bool] = read.zoned.tolist()
    return [
        _moment(cell, text, moment, named, zone)
        for cell, text, moment, named in zip(cells, texts, times, zoned, strict=True)
    ]


def _moment(cell: Cell, text: str, read: datetime | None, named: bool, zone: ZoneInfo) -> Moment | str:
    written = cell if isinstance(cell, datetime) else read
    if written is None or not FIRST_YEAR <= written.year < LAST_YEAR:
        return text or (written.isoformat(" ") if written else "")
    if isinstance(cell, datetime):
        if cell.tzinfo is not None:
            return Moment(cell.astimezone(UTC), True, True)
        return Moment(cell.replace(tzinfo=zone).astimezone(UTC), cell.time() != time.min, False)
    if named:
        return Moment(written.replace(tzinfo=UTC), True, True)
    return Moment(written.replace(tzinfo=zone).astimezone(UTC), _CLOCK.search(text) is not None, False)


# Other years are typing mistakes, or stand for “never”.
FIRST_YEAR, LAST_YEAR = 1900, 2200
