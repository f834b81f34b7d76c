"""The sentences of the front page and the charter."""

from typing import Any

from fairgate.gate.wording import promised
from fairgate.improvement.rules import Direction, KeptFigures
from fairgate.organisation.wording.figures import listed
from fairgate.shared.translations import Translations


def lead(page: Any, say: Translations) -> str:
    """Whom we talked with this quarter, what we promised, how much was kept; for those outside the team, what they may know."""
    if not page.of_team:
        return _outside(page, say)
    quarter = page.quarter
    if not quarter.interviews and not page.figures.all:
        return say.gettext(
            "{unit} has not talked with anybody yet. Thirty minutes, six open questions: that needs no statistics."
        ).format(unit=page.team.name)
    return " ".join(
        [_talked(page.team.name, quarter, say), _promised(quarter.promised, say), kept(page.figures, say)]
    )


def kept(figures: KeptFigures, say: Translations) -> str:
    """How many commitments were kept, as a sentence."""
    if not figures.due:
        return say.gettext("No commitment has been settled or passed its day yet.")
    return say.ngettext(
        "Of {due} commitment settled or past its day, kept: {kept} ({percent}%).",
        "Of {due} commitments settled or past their day, kept: {kept} ({percent}%).",
        figures.due,
    ).format(due=figures.due, kept=figures.kept, percent=figures.percent)


def how_counted(figures: KeptFigures, say: Translations) -> list[str]:
    """How do we know? And what the others are."""
    parts = [
        (figures.late, say.gettext("{n} done late")),
        (figures.disputed, say.gettext("{n} called done, while the other side says not yet")),
        (figures.not_done, say.gettext("{n} not done")),
        (figures.overdue, say.gettext("{n} overdue")),
        (figures.open_, say.gettext("{n} open, their day still to come")),
    ]
    rest = [words.format(n=number) for number, words in parts if number]
    lines = [
        say.gettext(
            "Measured, from the records here: kept means done by the day first promised, and not contradicted by the person "
            "it was promised to."
        )
    ]
    return [*lines, say.gettext("The others: {rest}.").format(rest=listed(rest, say))] if rest else lines


def next_step(candidates: Any, say: Translations) -> str:
    """Whom to ask next, and why them."""
    one = candidates.next_
    if one is None:
        if not candidates.customers:
            return say.gettext("The map names no internal customer of {unit} yet.").format(
                unit=candidates.team.name
            )
        return say.gettext("With every internal customer a talk is planned.")
    if one.last_held is None:
        return say.gettext("Next: {unit}. It needs {us} and was never asked.").format(
            unit=one.unit.name, us=candidates.team.name
        )
    return say.gettext("Next: {unit}. It was asked longest ago, on {day}.").format(
        unit=one.unit.name, day=one.last_held.isoformat()
    )


def asked_so_far(candidates: Any, say: Translations) -> str:
    """How many of the internal customers by need were ever asked."""
    total = len(candidates.customers)
    return say.ngettext(
        "{asked} of {n} unit that needs {us} was asked so far.",
        "{asked} of {n} units that need {us} were asked so far.",
        total,
    ).format(asked=total - candidates.never, n=total, us=candidates.team.name)


def promise_times(kinds: Any, say: Translations) -> list[tuple[str, str]]:
    """Each kind of request and the time promised for it."""
    return [(kind.name, _days(kind.promise_days, say)) for kind in kinds]


def promises_kept(figures: Any, say: Translations) -> str:
    """How many answers came by the promised day, in the gate's own words, with what is still open."""
    said = [promised.lead(figures, say), promised.range_(figures, say)]
    return " ".join([*(text for text in said if text), say.gettext("Measured.")])


def why_asked(direction: Direction, ours: str, theirs: str, say: Translations) -> str:
    if direction is Direction.SUPPLIER:
        return say.gettext("{ours} is the customer of {theirs}: the mirror questions.").format(
            ours=ours, theirs=theirs
        )
    return say.gettext("{theirs} needs {ours}: it is an internal customer.").format(ours=ours, theirs=theirs)


def _outside(page: Any, say: Translations) -> str:
    if page.team is None:
        return say.gettext(
            "No unit here decides on the work of others yet, so there is nobody to talk with about it."
        )
    if not page.may_read:
        return say.gettext("{unit} says here what it promises everybody inside.").format(unit=page.team.name)
    if not page.figures.all:
        return say.gettext("Nothing was promised yet that you may read.")
    return kept(page.figures, say)


def _talked(us: str, quarter: Any, say: Translations) -> str:
    if not quarter.interviews:
        return say.gettext("{us} has not talked with anybody this quarter.").format(us=us)
    return say.ngettext(
        "This quarter {us} talked once: with {units}.",
        "This quarter {us} talked {n} times: with {units}.",
        quarter.interviews,
    ).format(us=us, n=quarter.interviews, units=listed(quarter.units, say))


def _promised(number: int, say: Translations) -> str:
    if not number:
        return say.gettext("It promised nothing new.")
    return say.ngettext("It made {n} commitment.", "It made {n} commitments.", number).format(n=number)


def _days(days: int | None, say: Translations) -> str:
    if days is None:
        return say.gettext("no day is promised")
    return say.ngettext("{n} working day", "{n} working days", days).format(n=days)
