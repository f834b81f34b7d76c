"""Why something the privacy officer asked for was not done: what was found, what was expected."""

from fairgate.shared.translations import Translations
from fairgate.voice.rules import (
    BadPeriod,
    KeyDoesNotFit,
    KeyUnreadable,
    Overlaps,
    StillAtWork,
    TooEarly,
    VoiceError,
    WrongState,
)
from fairgate.voice.wording.dates import day
from fairgate.voice.wording.periods import STATES


def too_many_unreadable(n: int, say: Translations) -> str:
    """``n`` answers, more than one in ten."""
    return say.ngettext(
        "{n} answer can’t be read: more than one in ten. Nothing was deleted and nothing published. Was the installation’s link "
        "key changed (FAIRGATE_LINK_KEY), or the database restored without the file “link-key”? Put the old one back and close "
        "again. If it is gone, look at what could be published: there you can say that the period is closed without it.",
        "{n} answers can’t be read: more than one in ten. Nothing was deleted and nothing published. Was the installation’s link "
        "key changed (FAIRGATE_LINK_KEY), or the database restored without the file “link-key”? Put the old one back and close "
        "again. If it is gone, look at what could be published: there you can say that the period is closed without them.",
        n,
    ).format(n=n)


def why(refused: VoiceError, say: Translations) -> str:
    match refused:
        case KeyUnreadable():
            return say.gettext(
                "This file holds no key of a period. The key file has a line that begins with “key”."
            )
        case KeyDoesNotFit():
            return say.gettext(
                "This is the key of another period. The first lines of a key file name its period."
            )
        case WrongState():
            return say.gettext("Nothing was done: the period is {state}.").format(
                state=say.gettext(STATES[refused.state])
            )
        case StillAtWork():
            return say.gettext(
                "Nothing was done: something asked for earlier is still being worked out. Try again once it is there."
            )
        case TooEarly():
            return say.gettext(
                "People were told that they have until {until}. It ends after that day."
            ).format(until=day(refused.until, say))
        case Overlaps():
            return say.gettext(
                "{name} covers some of these days, or isn’t over yet. One period at a time."
            ).format(name=refused.name)
        case BadPeriod():
            return say.gettext(
                "A period begins on the first of a month and has one, three, six or twelve of them."
            )
    return say.gettext("Nothing was done.")
