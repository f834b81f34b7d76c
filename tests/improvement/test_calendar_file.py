"""The calendar file, read by a parser written from RFC 5545 and nothing else."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairgate.improvement.wording.calendar_file import (
    Appointment,
    calendar_file,
    changes_around,
    escaped,
    folded,
)

MADE = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)


def appointment(**more):
    values = {
        "uid": "1@fairgate",
        "sequence": 2,
        "starts": datetime(2026, 12, 1, 13, 0, tzinfo=UTC),
        "minutes": 30,
        "zone": "Europe/Zurich",
        "title": "Thirty minutes; Quality, and you",
        "description": "Dear Zoë,\nfirst line\\second",
        "place": "",
    }
    return Appointment(**{**values, **more})


def unfolded(content):
    """3.1: a CRLF followed by a space is no end of a line."""
    text = re.sub(rb"\r\n[ \t]", b"", content).decode()
    assert text.endswith("\r\n")
    return text[:-2].split("\r\n")


def parsed(content):
    """Components as (name, [(property, parameters, value)], children)."""
    stack = [("", [], [])]
    for line in unfolded(content):
        head, _, value = line.partition(":")
        name, *parameters = head.split(";")
        if name == "BEGIN":
            stack.append((value, [], []))
        elif name == "END":
            done = stack.pop()
            assert done[0] == value
            stack[-1][2].append(done)
        else:
            stack[-1][1].append((name, parameters, value))
    assert len(stack) == 1
    return stack[0][2][0]


def component(calendar, name):
    return next(child for child in calendar[2] if child[0] == name)


def values(part):
    return {name: value for name, _, value in part[1]}


def plain(text):
    """3.3.11 backwards."""
    return re.sub(r"\\(.)", lambda it: "\n" if it[1] in "nN" else it[1], text)


def offset(text):
    sign = -1 if text[0] == "-" else 1
    return sign * timedelta(hours=int(text[1:3]), minutes=int(text[3:5]))


def start(calendar):
    """When it starts, in UTC, by what the file itself says about the zone."""
    event = component(calendar, "VEVENT")
    _, parameters, value = next(row for row in event[1] if row[0] == "DTSTART")
    if value.endswith("Z"):
        return datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    local = datetime.strptime(value, "%Y%m%dT%H%M%S")  # noqa: DTZ007
    zone = component(calendar, "VTIMEZONE")
    assert parameters == [f"TZID={values(zone)['TZID']}"]
    rules = [values(rule) for rule in zone[2]]
    begun = [rule for rule in rules if datetime.strptime(rule["DTSTART"], "%Y%m%dT%H%M%S") <= local]  # noqa: DTZ007
    return (local - offset(max(begun, key=lambda rule: rule["DTSTART"])["TZOFFSETTO"])).replace(tzinfo=UTC)


def test_it_says_thirty_minutes_with_who_and_what():
    calendar = parsed(calendar_file(appointment(place="Line 2, left"), made=MADE))
    said = values(component(calendar, "VEVENT"))
    assert values(calendar)["VERSION"] == "2.0"
    assert said["UID"] == "1@fairgate"
    assert said["DTSTAMP"] == "20261122T170000Z"
    assert said["SEQUENCE"] == "2"
    assert said["DURATION"] == "PT30M"
    assert plain(said["SUMMARY"]) == "Thirty minutes; Quality, and you"
    assert plain(said["DESCRIPTION"]) == "Dear Zoë,\nfirst line\\second"
    assert plain(said["LOCATION"]) == "Line 2, left"


@pytest.mark.parametrize(
    "zone",
    ["UTC", "Europe/Zurich", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Africa/Casablanca"],
)
@pytest.mark.parametrize("month", range(1, 13))
def test_every_zone_says_the_moment_that_was_meant(zone, month):
    starts = datetime(2027, month, 15, 11, 30, tzinfo=UTC)
    assert start(parsed(calendar_file(appointment(zone=zone, starts=starts)))) == starts


def test_the_change_of_clocks_around_it_is_right():
    """Switzerland: 2026-10-25 at 03:00 back to +01:00, 2027-03-28 at 02:00 on to +02:00."""
    before, after = changes_around(datetime(2026, 12, 1, 13, tzinfo=UTC), ZoneInfo("Europe/Zurich"))
    assert before.shown.isoformat() == "2026-10-25T03:00:00"
    assert (before.before, before.after, before.is_summer) == (timedelta(hours=2), timedelta(hours=1), False)
    assert after.shown.isoformat() == "2027-03-28T02:00:00"
    assert (after.before, after.after, after.is_summer) == (timedelta(hours=1), timedelta(hours=2), True)


def test_a_zone_that_never_changes_has_one_offset():
    (only,) = changes_around(datetime(2026, 12, 1, 13, tzinfo=UTC), ZoneInfo("Asia/Kolkata"))
    assert only.before == only.after == timedelta(hours=5, minutes=30)


@given(st.text(max_size=400))
def test_any_text_comes_back_as_it_was_typed_in_lines_of_75_octets(text):
    content = calendar_file(appointment(description=text), made=MADE)
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")
    said = values(component(parsed(content), "VEVENT"))["DESCRIPTION"]
    kept = text.replace("\r\n", "\n").replace("\r", "\n")
    assert plain(said) == "".join(sign for sign in kept if sign.isprintable() or sign in "\n\t\xa0\xad\u200d")


def test_folding_never_cuts_a_character():
    for line in folded("DESCRIPTION:" + "ü€𝄞" * 60).split(b"\r\n"):
        line.decode()


def test_what_is_typed_adds_no_line_of_its_own():
    assert "\n" not in escaped("x\r\nEND:VEVENT\nATTENDEE:mailto:a@b")
