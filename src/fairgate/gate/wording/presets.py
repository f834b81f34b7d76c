"""A trade's words, what fields of a preset are called, and what is wrong in a preset's file."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from fairgate.gate.rules.codes import Outcome, Thing
from fairgate.gate.rules.facts import Expected, Facts
from fairgate.gate.rules.presets import PresetFault
from fairgate.gate.wording.names import OUTCOMES
from fairgate.shared.translations import Translations, gettext_noop

GENERAL = {
    "request": gettext_noop("service request"),
    "review": gettext_noop("review"),
    "decision": gettext_noop("decision"),
    "slip": gettext_noop("refusal slip"),
    "second-look": gettext_noop("second look"),
}
"""Ours, where a preset has no word of its own; `OUTCOMES` for the outcomes."""

WORD_LABELS = {
    "request": gettext_noop("What is asked for"),
    "review": gettext_noop("A named person’s look at it"),
    "decision": gettext_noop("What is decided"),
    "slip": gettext_noop("The page that explains a no"),
    "second-look": gettext_noop("A colleague’s review of a decision"),
    Outcome.APPROVED.value: gettext_noop("Approved"),
    Outcome.CONDITIONS.value: gettext_noop("Approved with conditions"),
    Outcome.RETURNED.value: gettext_noop("Returned to be improved"),
    Outcome.HELD.value: gettext_noop("Held until something is known"),
    Outcome.REFUSED.value: gettext_noop("Refused"),
}

THINGS = {
    Thing.PRESET: gettext_noop("Preset"),
    Thing.KIND: gettext_noop("Kind of request"),
    Thing.STANDARD: gettext_noop("Standard"),
    Thing.CLAUSE: gettext_noop("Clause"),
    Thing.SEVERITY: gettext_noop("Severity"),
    Thing.CALENDAR: gettext_noop("Working days"),
}
FIELD_LABELS = {
    "code": gettext_noop("Short name"),
    "title": gettext_noop("Title"),
    "vocabulary": gettext_noop("Words of the trade"),
    "name": gettext_noop("Name"),
    "description": gettext_noop("What it means"),
    "outcomes": gettext_noop("Allowed outcomes"),
    "promise_days": gettext_noop("Answered within (working days)"),
    "warn_days": gettext_noop("Warned before (working days)"),
    "is_offered": gettext_noop("Can be asked for"),
    "reference": gettext_noop("Public reference"),
    "is_current": gettext_noop("In force"),
    "number": gettext_noop("Number"),
    "summary": gettext_noop("In our own words"),
    "examples": gettext_noop("Good examples"),
    "zone": gettext_noop("Time zone"),
    "weekdays": gettext_noop("Working days"),
    "holidays": gettext_noop("Holidays"),
    "version": gettext_noop("Version of the file"),
    "standard": gettext_noop("Standard"),
}
WEEKDAY_NAMES = (
    gettext_noop("Monday"),
    gettext_noop("Tuesday"),
    gettext_noop("Wednesday"),
    gettext_noop("Thursday"),
    gettext_noop("Friday"),
    gettext_noop("Saturday"),
    gettext_noop("Sunday"),
)
REASONS = {
    "preset-file": gettext_noop("came with the preset’s file"),
    "new-file": gettext_noop("came with a newer version of the preset’s file"),
}
"""Reasons of editions nobody wrote by hand, by their code."""


@dataclass(frozen=True, slots=True)
class Words:
    """What one kind of request, and what becomes of it, is called in its trade. Small letters, ready for a sentence."""

    request: str
    review: str
    decision: str
    slip: str
    second_look: str
    outcomes: Mapping[str, str]

    def outcome(self, outcome: str) -> str:
        """The trade's word for an outcome, by its code."""
        return self.outcomes[Outcome(outcome).value]


def words_of(vocabulary: Mapping[str, str], kind: str, say: Translations) -> Words:
    """The words for ``kind`` (its code, or nothing): its own, else the preset's, else ours."""

    def word(name: str, ours: str) -> str:
        return vocabulary.get(f"{kind}.{name}") or vocabulary.get(name) or say.gettext(ours)

    return Words(
        request=word("request", GENERAL["request"]),
        review=word("review", GENERAL["review"]),
        decision=word("decision", GENERAL["decision"]),
        slip=word("slip", GENERAL["slip"]),
        second_look=word("second-look", GENERAL["second-look"]),
        outcomes={outcome.value: word(outcome.value, ours) for outcome, ours in OUTCOMES.items()},
    )


def sentence(fault: PresetFault, say: Translations) -> str:
    """The whole message: file (none, where a text was pasted), table, key, what was found, what was expected."""
    found = (
        say.gettext("found “{found}”").format(found=fault.found)
        if fault.found
        else say.gettext("nothing found")
    )
    place = ", ".join(filter(None, [fault.file, fault.table, fault.key]))
    said = f"{found}; {expected(fault.expected, fault.detail, say)}"
    return f"{place}: {said}" if place else f"{said[:1].upper()}{said[1:]}"


def expected(code: Expected, detail: str, say: Translations) -> str:
    """What should have stood there, such as ``expected a text``."""
    return say.gettext(_EXPECTED[code]).format(detail=detail)


def said(field: str, value: object, say: Translations) -> list[str]:
    """A field's value as lines to read, without codes. An empty value is no line."""
    if value in (None, "", [], {}):
        return []
    if field == "outcomes" and isinstance(value, list):
        return [", ".join(say.gettext(OUTCOMES[Outcome(outcome)]) for outcome in value)]
    if field == "weekdays" and isinstance(value, list):
        return [", ".join(say.gettext(WEEKDAY_NAMES[day]) for day in value)]
    if isinstance(value, bool):
        return [say.gettext("yes") if value else say.gettext("no")]
    if isinstance(value, list | dict):
        return list(_lines(field, value, say))
    return [str(value)]


def changes(old: Facts, new: Facts, say: Translations) -> list[tuple[str, list[str], list[str]]]:
    """What differs between two editions: the field's label, what it said, what it says."""
    return [
        (
            say.gettext(FIELD_LABELS.get(field, field)),
            said(field, old.get(field), say),
            said(field, value, say),
        )
        for field, value in new.items()
        if field in FIELD_LABELS and old.get(field) != value
    ]


def promise(days: int | None, say: Translations) -> str:
    """By when a kind is answered, as a sentence."""
    if days is None:
        return say.gettext("No date is promised.")
    if days == 0:
        return say.gettext("Answered the same working day.")
    one, many = "Answered within {days} working day.", "Answered within {days} working days."
    return say.ngettext(one, many, days).format(days=days)


def _lines(field: str, value: Sequence[object] | Mapping[str, object], say: Translations) -> Iterator[str]:
    if isinstance(value, Mapping):
        yield from (f"{key}: {word}" for key, word in sorted(value.items()))
        return
    for it in value:
        if isinstance(it, Mapping) and field == "examples":
            yield say.gettext("Reasons: {text}").format(text=it.get("reasons", ""))
            yield say.gettext("Way to yes: {text}").format(text=it.get("way_to_yes", ""))
        elif isinstance(it, Mapping) and field == "holidays":
            yield f"{date.fromisoformat(str(it['date'])):%Y-%m-%d} {it['name']}".strip()
        else:
            yield str(it)


_EXPECTED = {
    Expected.TOML: gettext_noop("expected a text in TOML"),
    Expected.TABLE: gettext_noop("expected a table"),
    Expected.TABLES: gettext_noop("expected at least one table of this name in double brackets"),
    Expected.KNOWN_KEY: gettext_noop("expected one of: {detail}"),
    Expected.CODE: gettext_noop(
        "expected a short name in small letters, numbers and hyphens, such as “batch-record”"
    ),
    Expected.ITS_OWN_CODE: gettext_noop("expected “{detail}”, the preset this file is brought for"),
    Expected.ONCE: gettext_noop("expected each one once"),
    Expected.TEXT: gettext_noop("expected a text"),
    Expected.SHORTER: gettext_noop("expected at most {detail} characters"),
    Expected.PRINTABLE: gettext_noop("expected a text without signs that can’t be seen"),
    Expected.DAYS: gettext_noop("expected a whole number of working days from 0 to {detail}"),
    Expected.WARN_BEFORE: gettext_noop("expected no more days than are promised"),
    Expected.OUTCOMES: gettext_noop("expected a list of outcomes, each one of: {detail}"),
    Expected.A_YES_AND_A_NO: gettext_noop("expected an outcome that approves and one that doesn’t"),
    Expected.WORD: gettext_noop("expected a word for “{detail}”"),
    Expected.EXAMPLES: gettext_noop("expected at most {detail} examples, each with reasons and way_to_yes"),
    Expected.YES_OR_NO: gettext_noop("expected yes or no"),
    Expected.ZONE: gettext_noop("expected a time zone, such as Europe/Berlin"),
    Expected.WEEKDAYS: gettext_noop("expected at least one weekday, each one once"),
    Expected.HOLIDAYS: gettext_noop(
        "expected a day as year-month-day and a name, such as 2026-12-25 Christmas Day"
    ),
}
