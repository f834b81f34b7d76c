"""What codes are called, where a preset has no word of its own."""

from fairgate.gate.rules import Kept, Level, Likely, LookResult, Outcome, State
from fairgate.shared.translations import Translations, gettext_noop

NOT_A_RECORD = gettext_noop("Not a GMP record: this installation has not been declared validated.")

OUTCOMES = {
    Outcome.APPROVED: gettext_noop("approved"),
    Outcome.CONDITIONS: gettext_noop("approved with conditions"),
    Outcome.RETURNED: gettext_noop("returned"),
    Outcome.HELD: gettext_noop("held"),
    Outcome.REFUSED: gettext_noop("refused"),
}
STATES = {
    State.SUBMITTED: gettext_noop("waiting for review"),
    State.REVIEWED: gettext_noop("reviewed, waiting for a decision"),
    State.HELD: gettext_noop("held"),
    State.DECIDED: gettext_noop("decided"),
    State.WITHDRAWN: gettext_noop("withdrawn"),
}
LEVELS = {
    Level.MINOR: gettext_noop("minor"),
    Level.MAJOR: gettext_noop("major"),
    Level.CRITICAL: gettext_noop("critical"),
}
LIKELY = {
    Likely.YES: gettext_noop("would probably pass"),
    Likely.WITH_CHANGES: gettext_noop("would probably pass with changes"),
    Likely.NO: gettext_noop("would probably not pass"),
    Likely.CANT_SAY: gettext_noop("can’t be said yet"),
}
RESULTS = {
    LookResult.UPHELD: gettext_noop("the decision stands"),
    LookResult.OVERTURNED: gettext_noop("the decision was changed"),
    LookResult.OVERTAKEN: gettext_noop("the outcome changed before anybody looked"),
}
PROMISES = {
    Kept.KEPT: gettext_noop("kept"),
    Kept.MISSED: gettext_noop("missed"),
    Kept.NONE: gettext_noop("no date promised, or not yet answered"),
}


def outcome_name(outcome: str, say: Translations) -> str:
    return say.gettext(OUTCOMES[Outcome(outcome)])


def state_name(state: str, say: Translations) -> str:
    return say.gettext(STATES[State(state)])
