"""Working days, over weekends, holidays and the nights when clocks change."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairgate.gate.rules import WorkingDays

PLAIN = WorkingDays()


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("asked", "days", "due"),
    [
        (utc(2026, 3, 2, 9), 1, date(2026, 3, 3)),  # Monday: Tuesday
        (utc(2026, 3, 2, 9), 0, date(2026, 3, 2)),
        (utc(2026, 3, 6, 9), 1, date(2026, 3, 9)),  # Friday: Monday
        (utc(2026, 3, 7, 9), 1, date(2026, 3, 9)),  # Saturday: Monday, too
        (utc(2026, 3, 7, 9), 0, date(2026, 3, 9)),
        (utc(2026, 3, 2, 9), 5, date(2026, 3, 9)),
        (utc(2026, 3, 2, 9), 10, date(2026, 3, 16)),
    ],
)
def test_a_promise_is_due_at_the_end_of_its_last_working_day(asked, days, due):
    assert PLAIN.after(asked, days) == datetime(due.year, due.month, due.day, 23, 59, 59, tzinfo=UTC)


def test_holidays_do_not_count():
    feast = WorkingDays(holidays=frozenset({date(2026, 12, 24), date(2026, 12, 25)}))
    assert feast.after(utc(2026, 12, 23, 12), 1) == utc(2026, 12, 28, 23, 59, 59)
    assert feast.before(utc(2026, 12, 28, 23, 59, 59), 1) == utc(2026, 12, 23, 23, 59, 59)


def test_a_day_belongs_to_its_zone():
    """Half past eleven in the evening, UTC, is Tuesday in Tokyo already, and still Monday afternoon in New York."""
    late = utc(2026, 3, 2, 23, 30)
    assert WorkingDays("Asia/Tokyo").after(late, 1) == utc(2026, 3, 4, 14, 59, 59)
    assert WorkingDays("America/New_York").after(late, 1) == utc(2026, 3, 4, 4, 59, 59)


@pytest.mark.parametrize(
    ("zone", "day", "ends"),
    [
        ("Europe/Vienna", date(2026, 3, 28), utc(2026, 3, 28, 22, 59, 59)),
        ("Europe/Vienna", date(2026, 3, 29), utc(2026, 3, 29, 21, 59, 59)),  # an hour shorter
        ("Europe/Vienna", date(2026, 10, 25), utc(2026, 10, 25, 22, 59, 59)),  # an hour longer
        (
            "America/Havana",
            date(2026, 3, 7),
            utc(2026, 3, 8, 4, 59, 59),
        ),  # the first hour of the next day is left out
        (
            "America/Nuuk",
            date(2025, 3, 29),
            utc(2025, 3, 30, 0, 59, 59),
        ),  # the last hour of this day is left out
        ("America/Sao_Paulo", date(2018, 2, 17), utc(2018, 2, 18, 2, 59, 59)),  # its last hour comes twice
    ],
)
def test_a_day_ends_with_its_last_second_also_when_clocks_change(zone, day, ends):
    end = WorkingDays(zone, weekdays=frozenset(range(7))).end_of(day)
    assert end == ends
    assert end.astimezone(ZoneInfo(zone)).date() == day
    assert (end + timedelta(seconds=1)).astimezone(ZoneInfo(zone)).date() == day + timedelta(days=1)


def test_a_day_that_never_was_does_not_count():
    samoa = WorkingDays("Pacific/Apia")
    assert not samoa.is_working(date(2011, 12, 30))  # a Friday
    assert samoa.day_of(samoa.after(datetime(2011, 12, 29, 12, tzinfo=ZoneInfo("Pacific/Apia")), 1)) == date(
        2012, 1, 2
    )


def test_without_a_working_day_nothing_would_ever_be_due():
    with pytest.raises(ValueError, match="expected at least one"):
        WorkingDays(weekdays=frozenset())
    with pytest.raises(KeyError):
        WorkingDays(zone="Mars/Olympus")
    with pytest.raises(ValueError, match="expected 0 or more"):
        PLAIN.after(utc(2026, 3, 2), -1)


ZONES = st.sampled_from(
    ["UTC", "Europe/Vienna", "America/Havana", "Asia/Kathmandu", "Australia/Lord_Howe", "America/Nuuk"]
)


@given(
    moment=st.datetimes(datetime(2015, 1, 1), datetime(2035, 1, 1)),  # noqa: DTZ001 - bounds have no zone
    days=st.integers(0, 60),
    zone=ZONES,
    weekdays=st.frozensets(st.integers(0, 6), min_size=1),
    feasts=st.frozensets(st.integers(-30, 90), max_size=20),
)
def test_exactly_so_many_working_days_lie_between(moment, days, zone, weekdays, feasts):
    """Counted one day after the other, as one would on a wall calendar."""
    asked = moment.replace(tzinfo=UTC)
    today = asked.astimezone(ZoneInfo(zone)).date()
    holidays = frozenset(today + timedelta(days=feast) for feast in feasts)
    calendar = WorkingDays(zone, weekdays, holidays)
    due = calendar.after(asked, days)
    last = calendar.day_of(due)
    walked = [today + timedelta(days=step) for step in range(1, (last - today).days + 1)]
    working = [day for day in walked if day.weekday() in weekdays and day not in holidays]
    is_working_today = today.weekday() in weekdays and today not in holidays
    assert len(working) == (days if days or is_working_today else 1)
    assert due >= asked
    assert calendar.is_working(last)
    if days and is_working_today:
        assert calendar.day_of(calendar.before(due, days)) == today
