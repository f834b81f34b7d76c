"""Why something was not done, in sentences."""

from fairgate.gate.rules import Fault, FaultCode, NotNow
from fairgate.shared.translations import Translations, gettext_noop

FAULTS = {
    FaultCode.MISSING: gettext_noop("Nothing was given; this is needed."),
    FaultCode.TOO_LONG: gettext_noop("This is too long."),
    FaultCode.UNPRINTABLE: gettext_noop("This holds signs that can’t be seen; plain text was expected."),
    FaultCode.PAST: gettext_noop("This day has passed; today or a later one was expected."),
    FaultCode.NOT_LATER: gettext_noop("A date after the one that was promised was expected."),
    FaultCode.NOT_KNOWN: gettext_noop("This isn’t known here; choose one from the list."),
    FaultCode.NOT_ALLOWED: gettext_noop(
        "What was asked doesn’t allow this outcome; choose one from the list."
    ),
    FaultCode.UNEXPECTED: gettext_noop("This doesn’t go with the outcome that was chosen; leave it empty."),
    FaultCode.OWN_GATE: gettext_noop("You work in the unit that decides; somebody outside it has to ask."),
    FaultCode.NOT_A_NUMBER: gettext_noop(
        "A number from zero up was expected, with at most three digits after the point."
    ),
    FaultCode.THE_SAME: gettext_noop("This is what it was before; something else was expected."),
}
NOT_NOW = {
    NotNow.MADE_ELSEWHERE: gettext_noop("This was decided in another system; it is changed there."),
    NotNow.SETTLED: gettext_noop("This has been decided."),
    NotNow.WITHDRAWN: gettext_noop("This was withdrawn."),
    NotNow.NOT_REVIEWED: gettext_noop(
        "Nobody has reviewed this since it came in or was held. Review it first."
    ),
    NotNow.NOT_DECIDED: gettext_noop("This has not been decided yet."),
    NotNow.NOT_REFUSED: gettext_noop("This was neither returned nor refused."),
    NotNow.NO_PROMISE: gettext_noop("No date was promised for this."),
    NotNow.PROMISE_MISSED: gettext_noop("The promised date has passed; it is too late for an early warning."),
    NotNow.LOOK_ASKED: gettext_noop("A second look was asked for already."),
    NotNow.LOOK_NOT_ASKED: gettext_noop("Nobody asked for a second look at this decision."),
    NotNow.LOOK_GIVEN: gettext_noop("A second look was given; there is only one."),
    NotNow.LOOKED_TWICE: gettext_noop("This decision came of a second look; there is only one."),
    NotNow.ANSWERED: gettext_noop("This question has been answered."),
}


def fault_sentence(fault: Fault, say: Translations) -> str:
    """For the field it belongs to."""
    return say.gettext(FAULTS[fault.code])


def not_now_sentence(code: NotNow, say: Translations) -> str:
    return say.gettext(NOT_NOW[code])


def already_sentence(name: str, when: str, outcome: str, say: Translations) -> str:
    """``outcome`` as the trade calls it; empty where somebody reviewed meanwhile. ``when`` in words, with the zone."""
    if not outcome:
        text = say.gettext("{name} reviewed this on {when}, after you opened the page. Read it, then decide.")
        return text.format(name=name, when=when)
    text = say.gettext(
        "{name} decided this on {when}: {outcome}. What you typed is still here; nothing was saved."
    )
    return text.format(name=name, when=when, outcome=outcome)
