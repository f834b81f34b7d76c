"""From a day and an hour somewhere to a moment, and the quarter a day is in."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


class NoSuchZone(ValueError):
    """Nobody's clocks go by this name."""


class NoSuchTime(ValueError):
    """The clocks skip this hour on this day."""


def zone_of(name: str) -> ZoneInfo:
    """Raises NoSuchZone."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as unknown:  # OSError: a folder such as "Europe"
        raise NoSuchZone(name) from unknown


def moment(day: date, hour: time, zone: str) -> datetime:
    """The moment, in UTC, at which clocks in ``zone`` show ``day`` and ``hour``; the first one where they show it twice.

    Raises NoSuchZone, and NoSuchTime for an hour that is skipped when the clocks go forward.
    """
    place = zone_of(zone)
    shown = datetime.combine(day, hour.replace(tzinfo=None), tzinfo=place)
    found = shown.astimezone(UTC)
    if found.astimezone(place).replace(tzinfo=None) != shown.replace(tzinfo=None):
        raise NoSuchTime(f"{day} {hour} {zone}")
    return found


def quarter_of(day: date) -> tuple[date, date]:
    """First and last day of the calendar quarter ``day`` is in."""
    first = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    following = date(first.year + (first.month == 10), (first.month + 3 - 1) % 12 + 1, 1)
    return first, following - timedelta(days=1)
