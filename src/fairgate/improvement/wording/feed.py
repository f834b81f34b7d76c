"""What waits and what changed, one sentence each. Records are taken as they come; this module stands below the models."""

from typing import Any

from fairgate.improvement.rules import Answer, CommitmentState
from fairgate.shared.translations import Translations


def to_hold(interview: Any, say: Translations) -> str:
    return say.gettext("Thirty minutes with {name}, {unit}").format(
        name=interview.person_name, unit=interview.other.name
    )


def to_summarise(interview: Any, say: Translations) -> str:
    return say.gettext("Sum up the talk with {name}, {unit}").format(
        name=interview.person_name, unit=interview.other.name
    )


def to_answer_questions(interview: Any, say: Translations) -> str:
    return say.gettext("{unit} would like thirty minutes with you").format(unit=interview.unit.name)


def to_keep(commitment: Any, say: Translations) -> str:
    return say.gettext("You promised {unit}: {what}").format(unit=commitment.to.name, what=commitment.what)


def not_yet(commitment: Any, say: Translations) -> str:
    return say.gettext("You called it done, {unit} says not yet: {what}").format(
        unit=commitment.to.name, what=commitment.what
    )


def was_kept(commitment: Any, say: Translations) -> str:
    return say.gettext("Was this kept? {unit} promised you: {what}").format(
        unit=commitment.unit.name, what=commitment.what
    )


def ownerless(commitment: Any, say: Translations) -> str:
    return say.gettext("Nobody is there any more to keep what was promised {unit}: {what}").format(
        unit=commitment.to.name, what=commitment.what
    )


def and_more(first: Any, more: int, say: Translations) -> str:
    """For those not said one by one: how many more are like the first."""
    return say.ngettext("{n} more like “{first}”", "{n} more like “{first}”", more).format(
        n=f"{more:,}", first=first.what
    )


def invited(interview: Any, say: Translations) -> str:
    return say.gettext("{unit} asks you for thirty minutes").format(unit=interview.unit.name)


def shared(interview: Any, say: Translations) -> str:
    return say.gettext("{unit} shared its summary of your talk with you").format(unit=interview.unit.name)


def promised(commitment: Any, say: Translations) -> str:
    return say.gettext("{unit} promised {to}: {what}").format(
        unit=commitment.unit.name, to=commitment.to.name, what=commitment.what
    )


def closed(commitment: Any, say: Translations) -> str:
    if commitment.state == CommitmentState.DONE:
        said = say.gettext("{unit} says it is done: {what}")
    else:
        said = say.gettext("{unit} did not do it: {what} ({why})")
    return said.format(unit=commitment.unit.name, what=commitment.what, why=commitment.why)


def answered(commitment: Any, say: Translations) -> str:
    if commitment.answer == Answer.KEPT:
        said = say.gettext("{name} says you kept it: {what}")
    else:
        said = say.gettext("{name} says not yet: {what}")
    return said.format(name=commitment.answered_by_name, what=commitment.what)
