"""What is wrong with a field, as a sentence that says what was found and what was expected."""

from fairgate.improvement.rules import Fault, FieldFault, Refusal
from fairgate.shared.translations import Translations


def problem(fault: FieldFault, say: Translations) -> str:
    texts = {
        Fault.MISSING: say.gettext("nothing was given; please say it in a sentence or choose."),
        Fault.TOO_LONG: say.gettext("{found} characters were found; at most {expected} fit."),
        Fault.UNPRINTABLE: say.gettext("it holds signs that can’t be seen; plain text was expected."),
        Fault.NOT_A_CUSTOMER: say.gettext(
            "“{found}” is no internal customer by need on the map; confirm that it is one, or choose another."
        ),
        Fault.NOT_A_SUPPLIER: say.gettext(
            "by the map you are not a customer of “{found}”; only who serves you can promise you something here."
        ),
        Fault.NOT_IN_THE_UNIT: say.gettext("“{found}” does not work there; choose somebody who does."),
        Fault.ITSELF: say.gettext("“{found}” stands on both sides; somebody else was expected."),
        Fault.FUTURE: say.gettext("{found} is still to come; a day up to today was expected."),
        Fault.PAST: say.gettext("{found} is over; today or a later day was expected."),
        Fault.TOO_FAR: say.gettext("{found} is too far away; a day within two years was expected."),
        Fault.NO_SUCH_ZONE: say.gettext("“{found}” is no time zone; a name like Europe/Zurich was expected."),
        Fault.NO_SUCH_TIME: say.gettext(
            "{found} does not exist there: the clocks go forward. Choose another hour."
        ),
        Fault.NOT_SIX: say.gettext(
            "{found} lines were found; {expected} questions were expected, one a line."
        ),
    }
    return texts[fault.fault].format(found=fault.found, expected=fault.expected)


def refusal(code: Refusal, say: Translations) -> str:
    texts = {
        Refusal.STATE: say.gettext("That can’t be done any more: it stands differently now. See below."),
        Refusal.STALE: say.gettext(
            "Somebody changed this while you looked at it. See what it says now, then change it again."
        ),
    }
    return texts[code]
