"""What can be said of each thing that has editions, and what is wrong with it. One check for files, forms and actions."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from fairgate.gate.rules.codes import APPROVING, NAME_LENGTH, REASON_LENGTH, TEXT_LENGTH, Outcome, Thing
from fairgate.gate.rules.faults import readable

Facts = Mapping[str, object]
"""What a thing says, as JSON keeps it."""

MOST_DAYS = 250
"""Working days of a year: no promise is longer."""
MOST_EXAMPLES = 5
CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
"""How the parts of a preset are named in its file and in addresses."""

GENERAL_WORDS = ("request", "review", "decision", "slip", "second-look")
WORDS = (*GENERAL_WORDS, *Outcome)
"""What a trade may have its own word for."""


class Expected(StrEnum):
    """What should have stood there. Pages say it with `gate.wording.presets`."""

    TOML = "toml"
    TABLE = "table"
    TABLES = "tables"
    KNOWN_KEY = "known-key"
    CODE = "code"
    ITS_OWN_CODE = "its-own-code"
    ONCE = "once"
    TEXT = "text"
    SHORTER = "shorter"
    PRINTABLE = "printable"
    DAYS = "days"
    WARN_BEFORE = "warn-before"
    OUTCOMES = "outcomes"
    A_YES_AND_A_NO = "a-yes-and-a-no"
    WORD = "word"
    EXAMPLES = "examples"
    YES_OR_NO = "yes-or-no"
    ZONE = "zone"
    WEEKDAYS = "weekdays"
    HOLIDAYS = "holidays"


class FactFault(NamedTuple):
    """What is wrong at ``key``: what was found there, what was expected, and a detail such as the most characters."""

    key: str
    found: str
    expected: Expected
    detail: str = ""


Wrong = tuple[Expected, str] | None
Check = Callable[[object], Wrong]


def facts_faults(thing: Thing, facts: Facts) -> list[FactFault]:
    """Everything that is wrong with what ``thing`` would say. All fields must be there."""
    checks = FIELDS[thing]
    faults = [
        FactFault(key, shown(facts.get(key)), *wrong)
        for key, check in checks.items()
        if (wrong := check(facts.get(key)))
    ]
    faults += [
        FactFault(key, shown(value), Expected.KNOWN_KEY, ", ".join(checks))
        for key, value in facts.items()
        if key not in checks
    ]
    if not faults and thing is Thing.KIND and _warns_too_early(facts):
        faults.append(FactFault("warn_days", shown(facts["warn_days"]), Expected.WARN_BEFORE))
    return faults


def shown(value: object) -> str:
    """A value as a message shows it: as it was written, and not endless."""
    text = "" if value is None else value if isinstance(value, str) else repr(value)
    return text if len(text) <= 80 else text[:79] + "…"


def text(most: int, required: bool = True) -> Check:
    def check(value: object) -> Wrong:
        if value is None and not required:
            return None
        if not isinstance(value, str) or (required and not value.strip()):
            return Expected.TEXT, ""
        if len(value) > most:
            return Expected.SHORTER, str(most)
        return None if readable(value) else (Expected.PRINTABLE, "")

    return check


def _days(value: object) -> Wrong:
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_DAYS:
        return None
    return Expected.DAYS, str(MOST_DAYS)


def _days_or_none(value: object) -> Wrong:
    return None if value is None else _days(value)


def _yes_or_no(value: object) -> Wrong:
    return None if isinstance(value, bool) else (Expected.YES_OR_NO, "")


def _outcomes(value: object) -> Wrong:
    """A gate can say yes and can say no; otherwise it is none."""
    if not isinstance(value, list) or not value or not set(map(str, value)) <= set(Outcome):
        return Expected.OUTCOMES, ", ".join(Outcome)
    if len(value) != len(set(value)):
        return Expected.ONCE, ""
    approving = APPROVING.intersection(value)
    return None if approving and len(approving) < len(value) else (Expected.A_YES_AND_A_NO, "")


def _vocabulary(value: object) -> Wrong:
    """``approved`` or, for one kind only, ``batch-disposition.approved``: the trade's word."""
    if not isinstance(value, dict):
        return Expected.TABLE, ""
    word = text(NAME_LENGTH)
    for key, said in value.items():
        *kind, name = str(key).split(".")
        if name not in WORDS or len(kind) > 1 or not all(CODE.fullmatch(code) for code in kind):
            return Expected.KNOWN_KEY, ", ".join(WORDS)
        if wrong := word(said):
            return Expected.WORD if wrong[0] is Expected.TEXT else wrong[0], str(key)
    return None


def _examples(value: object) -> Wrong:
    if not isinstance(value, list) or len(value) > MOST_EXAMPLES:
        return Expected.EXAMPLES, str(MOST_EXAMPLES)
    said = text(TEXT_LENGTH)
    for example in value:
        if not isinstance(example, dict) or set(example) != {"reasons", "way_to_yes"}:
            return Expected.EXAMPLES, str(MOST_EXAMPLES)
        if wrong := said(example["reasons"]) or said(example["way_to_yes"]):
            return wrong
    return None


def _zone(value: object) -> Wrong:
    try:
        ZoneInfo(str(value))
    except (ValueError, OSError, KeyError):  # not there, not a name, a folder, outside
        return Expected.ZONE, ""
    return None if isinstance(value, str) else (Expected.ZONE, "")


def _weekdays(value: object) -> Wrong:
    """In order, each once. (True and False count as 1 and 0, and aren't days.)"""
    if not isinstance(value, list) or not value or any(type(day) is not int for day in value):
        return Expected.WEEKDAYS, ""
    return None if value == sorted(set(value)) and set(value) <= set(range(7)) else (Expected.WEEKDAYS, "")


def _holidays(value: object) -> Wrong:
    if not isinstance(value, list):
        return Expected.HOLIDAYS, ""
    name = text(NAME_LENGTH, required=False)
    for holiday in value:
        if not isinstance(holiday, dict) or set(holiday) != {"date", "name"}:
            return Expected.HOLIDAYS, shown(holiday)
        try:
            date.fromisoformat(holiday["date"])
        except (TypeError, ValueError):
            return Expected.HOLIDAYS, shown(holiday["date"])
        if wrong := name(holiday["name"]):
            return wrong
    return None


def _warns_too_early(facts: Facts) -> bool:
    promise, warn = facts["promise_days"], facts["warn_days"]
    return isinstance(promise, int) and isinstance(warn, int) and warn > promise


FIELDS: Mapping[Thing, Mapping[str, Check]] = {
    Thing.PRESET: {"title": text(NAME_LENGTH), "vocabulary": _vocabulary},
    Thing.KIND: {
        "name": text(NAME_LENGTH),
        "description": text(REASON_LENGTH, required=False),
        "outcomes": _outcomes,
        "promise_days": _days_or_none,
        "warn_days": _days,
    },
    Thing.STANDARD: {"title": text(NAME_LENGTH), "reference": text(NAME_LENGTH)},
    Thing.CLAUSE: {
        "title": text(NAME_LENGTH),
        "summary": text(TEXT_LENGTH, required=False),
        "examples": _examples,
    },
    Thing.SEVERITY: {"name": text(NAME_LENGTH), "description": text(REASON_LENGTH, required=False)},
    Thing.CALENDAR: {"zone": _zone, "weekdays": _weekdays, "holidays": _holidays},
}
"""What each thing says, and the check of each field. Codes and numbers are names, not facts: they never change."""
