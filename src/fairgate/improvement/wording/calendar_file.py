"""One appointment as an iCalendar file (RFC 5545).

Written by hand rather than with the library `icalendar`: one appointment takes a page of code, and nothing here reads calendar
files, which is where a library earns its keep. The part that needs thought is the zone: a calendar that moves the
appointment has to know when the clocks change, so VTIMEZONE carries the change before it and the one after it.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from fairgate.shared import clock

WIDEST = 75  # octets of a line without its end (RFC 5545, 3.1)
_STAMP = "%Y%m%dT%H%M%SZ"
_LOCAL = "%Y%m%dT%H%M%S"
# Further than this from the appointment no change of clocks matters to it.
_LOOKED_AT = timedelta(days=400)


class Appointment(NamedTuple):
    """``starts`` is any aware moment, ``zone`` an IANA name; ``sequence`` counts up with every change of the same ``uid``."""

    uid: str
    sequence: int
    starts: datetime
    minutes: int
    zone: str
    title: str
    description: str
    place: str


def calendar_file(one: Appointment, *, made: datetime | None = None) -> bytes:
    """The file's bytes: UTF-8, lines ended by CRLF and folded."""
    stamp = (made or clock.now()).astimezone(UTC).strftime(_STAMP)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Fairgate//Conversations//EN",
        "CALSCALE:GREGORIAN",
        *_zone(one),
        "BEGIN:VEVENT",
        f"UID:{one.uid}",
        f"DTSTAMP:{stamp}",
        f"SEQUENCE:{one.sequence}",
        _start(one),
        f"DURATION:PT{one.minutes}M",
        f"SUMMARY:{escaped(one.title)}",
        f"DESCRIPTION:{escaped(one.description)}",
        *([f"LOCATION:{escaped(one.place)}"] if one.place else []),
        "STATUS:CONFIRMED",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return b"".join(folded(line) for line in lines)


def escaped(text: str) -> str:
    """TEXT (3.3.11): backslash, semicolon and comma escaped, a line's end as ``\\n``; other control characters left out."""
    for sign in "\\;,":
        text = text.replace(sign, "\\" + sign)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")
    return "".join(sign for sign in text if sign.isprintable() or sign in "\t\xa0\xad\u200d")


def folded(line: str) -> bytes:
    """A content line (3.1): at most 75 octets each, continued after CRLF and a space, never inside a character."""
    parts: list[bytes] = [b""]
    for sign in line:
        octets = sign.encode()
        if len(parts[-1]) + len(octets) > WIDEST:
            parts.append(b" ")
        parts[-1] += octets
    return b"\r\n".join(parts) + b"\r\n"


def _start(one: Appointment) -> str:
    if one.zone == "UTC":
        return f"DTSTART:{one.starts.astimezone(UTC).strftime(_STAMP)}"
    return f"DTSTART;TZID={one.zone}:{one.starts.astimezone(ZoneInfo(one.zone)).strftime(_LOCAL)}"


def _zone(one: Appointment) -> Iterator[str]:
    """VTIMEZONE (3.6.5) around the appointment."""
    if one.zone == "UTC":
        return
    yield "BEGIN:VTIMEZONE"
    yield f"TZID:{one.zone}"
    for change in changes_around(one.starts, ZoneInfo(one.zone)):
        kind = "DAYLIGHT" if change.is_summer else "STANDARD"
        yield f"BEGIN:{kind}"
        yield f"DTSTART:{change.shown.strftime(_LOCAL)}"
        yield f"TZOFFSETFROM:{_offset(change.before)}"
        yield f"TZOFFSETTO:{_offset(change.after)}"
        yield f"END:{kind}"
    yield "END:VTIMEZONE"


class Change(NamedTuple):
    """The clocks change: at ``shown`` by the clocks before it, from one offset to another."""

    shown: datetime
    before: timedelta
    after: timedelta
    is_summer: bool


def changes_around(moment: datetime, zone: ZoneInfo) -> list[Change]:
    """The change in force at ``moment`` and the next one; where clocks don't change, the offset as if for ever."""
    at = moment.astimezone(UTC)
    edges = list(_edges(at - _LOOKED_AT, at + _LOOKED_AT, zone))
    earlier = [edge for edge in edges if edge <= at][-1:]
    later = [edge for edge in edges if edge > at][:1]
    found = [_change(edge, zone) for edge in earlier + later]
    if earlier:
        return found
    shown = at.astimezone(zone)
    offset = _utc_offset(shown)
    first = datetime(1970, 1, 1)  # noqa: DTZ001 - by the clocks of the zone
    return [Change(first, offset, offset, bool(shown.dst())), *found]


def _edges(first: datetime, last: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """Moments, to the second, at which the offset changes: days are compared, then the change is searched within one."""
    day = timedelta(days=1)
    while first < last:
        if _utc_offset(first.astimezone(zone)) != _utc_offset((first + day).astimezone(zone)):
            yield _edge(first, first + day, zone)
        first += day


def _edge(low: datetime, high: datetime, zone: ZoneInfo) -> datetime:
    """The first second with the offset of ``high``."""
    low, high = low.replace(microsecond=0), high.replace(microsecond=0)
    after = _utc_offset(high.astimezone(zone))
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=(high - low) // timedelta(seconds=2))
        low, high = (low, middle) if _utc_offset(middle.astimezone(zone)) == after else (middle, high)
    return high


def _change(edge: datetime, zone: ZoneInfo) -> Change:
    before = (edge - timedelta(seconds=1)).astimezone(zone)
    after = edge.astimezone(zone)
    shown = (edge + _utc_offset(before)).replace(tzinfo=None)
    return Change(shown, _utc_offset(before), _utc_offset(after), bool(after.dst()))


def _utc_offset(moment: datetime) -> timedelta:
    return moment.utcoffset() or timedelta()


def _offset(offset: timedelta) -> str:
    """UTC-OFFSET (3.3.14), such as ``+0100``."""
    seconds = int(offset.total_seconds())
    hours, rest = divmod(abs(seconds), 3600)
    return f"{'-' if seconds < 0 else '+'}{hours:02}{rest // 60:02}"
