"""What pages call the fields of a decision and the states of an import."""

from collections.abc import Callable
from typing import Any

from fairgate.gate.rules import ImportState
from fairgate.shared.translations import Translations, gettext_noop

LABELS = {
    "key": gettext_noop("Record number"),
    "kind": gettext_noop("Kind of request"),
    "unit": gettext_noop("Unit that asked"),
    "outcome": gettext_noop("Outcome"),
    "decided_at": gettext_noop("Decided"),
    "submitted_at": gettext_noop("Submitted"),
    "item": gettext_noop("Lot, contract or document"),
    "asked": gettext_noop("What was asked"),
    "process": gettext_noop("Process"),
    "team": gettext_noop("Team that decided"),
    "risk": gettext_noop("Risk"),
    "value": gettext_noop("Amount"),
    "promised_by": gettext_noop("Promised by"),
    "submitter": gettext_noop("Person who asked"),
    "decider": gettext_noop("Person who decided"),
    "follows": gettext_noop("Record it follows"),
    "conditions": gettext_noop("Conditions"),
    "note": gettext_noop("Note"),
}
PATTERNS = {
    "approve": gettext_noop("Activities that approve"),
    "reject": gettext_noop("Activities that refuse"),
    "return": gettext_noop("Activities that return"),
    "submission": gettext_noop("Activities that hand in"),
}
"""How a mapping of an event log says which of its activities decide."""
HINTS = {
    "key": gettext_noop(
        "The other system’s own number of the request. The same number is never imported twice."
    ),
    "kind": gettext_noop("As your standards page calls it; other words are asked about once."),
    "unit": gettext_noop("As the organisation page calls it; other words are asked about once."),
    "outcome": gettext_noop(
        "approved, approved with conditions, returned, held or refused; other words are asked about once."
    ),
    "decided_at": gettext_noop("Date and time, such as 2026-11-22 14:05."),
    "submitted_at": gettext_noop("Date and time, such as 2026-11-20 09:00."),
    "submitter": gettext_noop("Kept as a pseudonym."),
    "decider": gettext_noop("Kept as a pseudonym."),
    "risk": gettext_noop("minor, major or critical; other words are asked about once."),
    "follows": gettext_noop("The number of the refused or returned request that this one improves."),
}


def state(of: ImportState, say: Translations) -> str:
    """The sentence on top of an import's page."""
    return {
        ImportState.READING: say.gettext("It is being read. Nothing is saved yet."),
        ImportState.READY: say.gettext("Read and checked. This is what would be saved; nothing is yet."),
        ImportState.FAULTY: say.gettext("It can’t be saved as it is. Nothing of it was."),
        ImportState.APPLIED: say.gettext("Saved, all of it."),
        ImportState.DISCARDED: say.gettext("Discarded: nothing of it was saved."),
    }[of]


def short_state(of: ImportState, say: Translations) -> str:
    return {
        ImportState.READING: say.gettext("being read"),
        ImportState.READY: say.gettext("ready to save"),
        ImportState.FAULTY: say.gettext("has problems"),
        ImportState.APPLIED: say.gettext("saved"),
        ImportState.DISCARDED: say.gettext("discarded"),
    }[of]


def not_ready(of: ImportState, say: Translations) -> str:
    return {
        ImportState.READING: say.gettext("It is still being read; nothing was changed."),
        ImportState.READY: say.gettext("Nothing was changed."),
        ImportState.FAULTY: say.gettext("It has problems, so it can’t be saved; nothing was changed."),
        ImportState.APPLIED: say.gettext("It was saved already; nothing was done a second time."),
        ImportState.DISCARDED: say.gettext("It was discarded already; nothing was changed."),
    }[of]


def counts(found: dict[str, int], applied: bool, say: Translations) -> list[str]:
    """What an import does, a line each; what doesn't happen has no line."""
    many = say.ngettext
    lines = {
        "new": ("{n} decision is new.", "{n} decisions are new."),
        "changed": ("{n} is here and says something else now.", "{n} are here and say something else now."),
        "unchanged": ("{n} is here already, just so.", "{n} are here already, just so."),
        "superseded": (
            "{n} is corrected in details, but was decided anew in Fairgate since; it stays as it is.",
            "{n} are corrected in details, but were decided anew in Fairgate since; they stay as they are.",
        ),
        "gone": (
            "{n} came in before and is not in this file. It stays: nothing is ever deleted.",
            "{n} came in before and are not in this file. They stay: nothing is ever deleted.",
        ),
        "undecided": (
            "{n} row has no decision yet and is left out.",
            "{n} rows have no decision yet and are left out.",
        ),
        "left_out": (
            "{n} row is left out, as the mapping says.",
            "{n} rows are left out, as the mapping says.",
        ),
    }
    return [
        many(*texts, found[name]).format(n=f"{found[name]:,}")
        for name, texts in lines.items()
        if found.get(name)
    ]


def template_notes(say: Translations) -> list[str]:
    """How to fill in the template, line by line."""
    lines = [
        say.gettext(
            "One line for each decision; keep the first line as it is. Columns may be left out or empty."
        )
    ]
    return lines + [
        f"{say.gettext(label)}. {say.gettext(HINTS[name]) if name in HINTS else ''}".strip()
        for name, label in LABELS.items()
    ]


def reads(mapping: Any, name_of: Callable[[str, object], str], say: Translations) -> list[str]:
    """What a kept mapping says besides columns and words, a line each. ``name_of(field, ours)`` is what people here call it."""
    options = mapping.options
    lines = []
    if kind := options.get("always", {}).get("kind"):
        lines.append(say.gettext("Every row is of the kind “{kind}”.").format(kind=name_of("kind", kind)))
    if unit := options.get("always", {}).get("unit"):
        lines.append(say.gettext("Every row was asked by {unit}.").format(unit=name_of("unit", unit)))
    return [*lines, *_of_log(mapping, say)] if options.get("log") else lines


def _of_log(mapping: Any, say: Translations) -> list[str]:
    said = mapping.values.get("unit", {}).items()
    theirs = [word for word, unit in said if unit == mapping.deciding_unit_id]
    gate = mapping.options.get("gate") or ", ".join(theirs) or mapping.deciding_unit.name
    lines = [
        say.gettext("The log calls the unit that decided “{name}”; only its acts count.").format(name=gate)
    ]
    for name, label in PATTERNS.items():
        pattern = mapping.options.get(name)
        usual = say.gettext(
            "whatever other units do that isn’t a decision"
            if name == "submission"
            else "recognised by usual words"
        )
        lines.append(f"{say.gettext(label)}: {f'“{pattern}”' if pattern else usual}.")
    return lines
