"""What to take away, what to do about it, and what comes in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairgate.shared.translations import ENGLISH, Translations, gettext_noop

if TYPE_CHECKING:
    from fairgate.engines.disclosure.planning import Length, Planned


PERIODS = {
    1: gettext_noop("every month"),
    3: gettext_noop("every quarter"),
    6: gettext_noop("every half year"),
    12: gettext_noop("every year"),
}


def lead(found: Planned, say: Translations = ENGLISH) -> str:
    """The sentence to take away."""
    words = {"people": f"{found.people:,}", "decisions": f"{found.decisions:,.0f}"}
    if found.verdict == "conversations":
        text = say.gettext(
            "With {people} people and {decisions} decisions a year: conversations first. Too few answers would come in for "
            "figures that protect who gave them."
        )
    elif found.verdict == "tables":
        text = say.gettext(
            "With {people} people and {decisions} decisions a year you can publish how people were treated, but no score of "
            "a team within a year."
        )
    else:
        text = say.gettext(
            "With {people} people and {decisions} decisions a year you can publish how people were treated, and fair scores of "
            "teams within a year."
        )
    return text.format(**words)


def advice(found: Planned, say: Translations = ENGLISH) -> list[str]:
    """What to do about it."""
    told = []
    if found.verdict != "scores":
        told.append(
            say.gettext(
                "Interviews need no numbers: thirty minutes, six open questions, a page brought back to the team, promises kept. "
                "The map, what was caught and promised answers need none either."
            )
        )
    if found.advised is not None:
        told.append(_close(found, say).format(period=say.gettext(PERIODS[found.advised])))
    elif found.verdict == "conversations":
        told.append(
            say.gettext(
                "No period up to a year shows treatment by outcome at its first closing with a probability of 90 in 100. You can "
                "ask nevertheless: what can’t be shown stays hidden."
            )
        )
    return told


def _close(found: Planned, say: Translations) -> str:
    if found.verdict == "conversations":
        return say.gettext(
            "If you ask nevertheless, close {period}: nothing shorter shows treatment by outcome at its first closing with a "
            "probability of 90 in 100."
        )
    return say.gettext(
        "Close {period}: that is the shortest period whose first closing shows treatment by outcome, with a probability of 90 in "
        "100."
    )


def expected(length: Length, say: Translations = ENGLISH) -> str:
    """What comes in of one period."""
    return say.gettext(
        "Closing {period}: about {asked} people asked, {answers} answers, {kept} of them in groups of five or more that can "
        "be counted."
    ).format(
        period=say.gettext(PERIODS[length.months]),
        asked=f"{length.asked:,.0f}",
        answers=f"{length.answers:,.0f}",
        kept=f"{length.kept:,.0f}",
    )
