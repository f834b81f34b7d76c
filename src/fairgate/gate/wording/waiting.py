"""What waits for somebody, and what changed: one line each."""

from fairgate.gate.rules import Likely, LookResult
from fairgate.gate.wording.names import LIKELY
from fairgate.shared.translations import Translations

_SHOWN = 80


def shortened(text: str, most: int = _SHOWN) -> str:
    """The first line, cut at a word where it is long."""
    line = text.strip().partition("\n")[0]
    return line if len(line) <= most else f"{line[: most - 1].rsplit(' ', 1)[0]}…"


def to_review(reference: str, what: str, unit: str, say: Translations) -> str:
    text = say.gettext("Review {reference} for {unit}: {what}")
    return text.format(reference=reference, what=shortened(what), unit=unit)


def unassigned(reference: str, what: str, unit: str, say: Translations) -> str:
    text = say.gettext("Nobody is to review {reference} for {unit} yet: {what}")
    return text.format(reference=reference, what=shortened(what), unit=unit)


def to_decide(reference: str, what: str, unit: str, say: Translations) -> str:
    text = say.gettext("Decide on {reference} for {unit}: {what}")
    return text.format(reference=reference, what=shortened(what), unit=unit)


def to_resolve(reference: str, what: str, unit: str, say: Translations) -> str:
    text = say.gettext("Resolve the hold on {reference} for {unit}: {what}")
    return text.format(reference=reference, what=shortened(what), unit=unit)


def to_answer(question: str, unit: str, say: Translations) -> str:
    text = say.gettext("Answer a question from {unit}: {question}")
    return text.format(unit=unit, question=shortened(question))


def to_look_again(reference: str, what: str, say: Translations) -> str:
    text = say.gettext("Give {reference} a second look: {what}")
    return text.format(reference=reference, what=shortened(what))


def slips_missing(count: int, say: Translations) -> str:
    text = say.ngettext(
        "{count} imported refusal, return or hold has no refusal slip yet.",
        "{count} imported refusals, returns and holds have no refusal slip yet.",
        count,
    )
    return text.format(count=f"{count:,}")


def to_improve(reference: str, what: str, outcome: str, say: Translations) -> str:
    """``outcome``: as the trade calls it."""
    text = say.gettext("{reference} was {outcome}; its slip says what would make it a yes: {what}")
    return text.format(reference=reference, what=shortened(what), outcome=outcome)


def decided(reference: str, what: str, outcome: str, say: Translations) -> str:
    """``outcome``: as the trade calls it."""
    text = say.gettext("{reference} was {outcome}: {what}")
    return text.format(reference=reference, what=shortened(what), outcome=outcome)


def warned(reference: str, what: str, day: str, say: Translations) -> str:
    text = say.gettext("The answer to {reference} will come later, by {day}: {what}")
    return text.format(reference=reference, what=shortened(what), day=day)


def looked_again(reference: str, what: str, result: str, say: Translations) -> str:
    if result == LookResult.OVERTURNED:
        text = say.gettext("The second look at {reference} changed the decision: {what}")
    elif result == LookResult.OVERTAKEN:
        text = say.gettext("The outcome of {reference} changed before its second look: {what}")
    else:
        text = say.gettext("The second look at {reference} left the decision as it was: {what}")
    return text.format(reference=reference, what=shortened(what))


def answered(question: str, likely: str, say: Translations) -> str:
    text = say.gettext("Your question was answered (it {likely}): {question}")
    return text.format(question=shortened(question), likely=say.gettext(LIKELY[Likely(likely)]))
