"""The sentences people are asked about, and the steps of an answer. Our own wording, not yet validated: docs/how-to/
ask-for-feedback.md names the sources of its dimensions."""

from typing import Final

from fairgate.shared.translations import gettext_noop

ITEMS: Final[dict[str, str]] = {
    "voice": gettext_noop("I could put our facts and our case before the decision was made."),
    "accuracy": gettext_noop("The reviewer had the facts right."),
    "consistency": gettext_noop("We were held to the published standard, the same as anyone else."),
    "reasons": gettext_noop("The reasons were clear enough for me to explain to my own team."),
    "way-to-yes": gettext_noop("I know what would have to be true to get, or keep, a yes."),
    "promise-kept": gettext_noop("I had the answer when promised, or an early warning."),
    "respect": gettext_noop("I was treated with respect throughout."),
    "know-how": gettext_noop("The reviewer knew our process well enough to judge it."),
}
MIRROR: Final[dict[str, str]] = {
    "right-first-time": gettext_noop("What we received was complete and right first time."),
    "early-warning": gettext_noop("They warned us early."),
    "told-what-was-wrong": gettext_noop("They told us what they already knew was wrong."),
}
AGREEMENT: Final = gettext_noop("Setting aside how I was treated, I agree with the decision itself.")
SECOND_LOOK: Final = gettext_noop("I know how to ask for a second look.")

# In the order they stand on the form; every step has its words.
STEPS: Final[dict[int, str]] = {
    1: gettext_noop("strongly disagree"),
    2: gettext_noop("disagree"),
    3: gettext_noop("neither"),
    4: gettext_noop("agree"),
    5: gettext_noop("strongly agree"),
}
CANT_JUDGE: Final = gettext_noop("can’t judge")

TEXTS: Final = {**ITEMS, **MIRROR, "agreement": AGREEMENT, "second-look": SECOND_LOOK}
APART: Final = frozenset({"agreement", "second-look"})
"""Asked apart and never counted into treatment."""
