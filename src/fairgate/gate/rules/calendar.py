"""Working days: when a promise made now falls due. Pure arithmetic on dates of one zone."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from itertools import islice
from zoneinfo import ZoneInfo

_LAST_SECOND = time(23, 59, 59)
_DAY = timedelta(days=1)
WEEKDAYS = frozenset({0, 1, 2, 3, 4})
"""Monday to Friday; Monday is 0."""


@dataclass(frozen=True)
class WorkingDays:
    """Which days count, and the zone in which a day ends. Raises ValueError where no weekday counts (nothing would ever
    fall due) and ZoneInfoNotFoundError for a zone nobody knows."""

    zone: str = "UTC"
    weekdays: frozenset[int] = WEEKDAYS
    holidays: frozenset[date] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        if not self.weekdays & set(range(7)):
            message = f"working days: found {sorted(self.weekdays)}, expected at least one of 0 (Monday) to 6"
            raise ValueError(message)
        _ = self._zone

    def after(self, moment: datetime, days: int) -> datetime:
        """The end of the ``days``-th working day after the day of ``moment``, as UTC. What is asked on a Friday or on the
        weekend after it, for one working day, is due at the end of Monday. For 0: the end of the day itself, or of the next
        working day where it is none."""
        today = self.day_of(moment)
        return self.end_of(_nth(self._from(today, _DAY), days, today))

    def before(self, moment: datetime, days: int) -> datetime:
        """The end of the ``days``-th working day before the day of ``moment``, as UTC: from then on it is soon due."""
        today = self.day_of(moment)
        return self.end_of(_nth(self._from(today, -_DAY), days, today))

    def day_of(self, moment: datetime) -> date:
        return moment.astimezone(self._zone).date()

    def is_working(self, day: date) -> bool:
        """Whether the day counts. A day a zone left out when it crossed the date line (Samoa, 30 December 2011) doesn't."""
        if day.weekday() not in self.weekdays or day in self.holidays:
            return False
        return self.day_of(self.end_of(day)) == day

    def end_of(self, day: date) -> datetime:
        """The last second of a day, as UTC. ``fold=1`` is right on both kinds of night: an hour that comes twice ends at its
        second coming, and one that is left out ends where the clock jumped."""
        return datetime.combine(day, _LAST_SECOND, self._zone).replace(fold=1).astimezone(UTC)

    def _from(self, today: date, step: timedelta) -> Iterator[date]:
        day = today
        while True:
            if self.is_working(day):
                yield day
            day += step

    @cached_property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.zone)


def _nth(working: Iterator[date], days: int, today: date) -> date:
    """The ``days``-th of the working days beside ``today``, which is itself the 0th where it is one."""
    if days < 0:
        message = f"working days: found {days}, expected 0 or more"
        raise ValueError(message)
    first = next(working)
    further = days if first == today else days - 1
    return first if further <= 0 else next(islice(working, further - 1, None))
