"""What is wrong with a complaint, as a sentence that names row, column, what was found and what was expected."""

from fairgate.protection.rules import Fault, RowFault, longest
from fairgate.protection.wording.names import LABELS
from fairgate.shared.translations import Translations


def sentence(fault: RowFault, say: Translations) -> str:
    """The whole message, for a list of problems."""
    column = say.gettext(LABELS[fault.column])
    return say.gettext("Row {row}, {column}: {problem}").format(
        row=fault.row, column=column, problem=problem(fault, say)
    )


def problem(fault: RowFault, say: Translations) -> str:
    """The message without its place, for the field of a form."""
    texts = {
        Fault.MISSING: say.gettext("nothing was given; something was expected."),
        Fault.TOO_LONG: say.gettext("“{found}…” is too long; at most {most} characters were expected."),
        Fault.UNPRINTABLE: say.gettext("“{found}” holds signs that can’t be seen; plain text was expected."),
        Fault.IN_THE_FUTURE: say.gettext("{found} was found; a day that has come was expected."),
        Fault.TOO_OLD: say.gettext("{found} was found; a day after 1970 was expected."),
        Fault.NOT_KNOWN: say.gettext(
            "“{found}” is no external customer here; choose one that is, or leave it empty."
        ),
        Fault.TWICE: say.gettext(
            "this says the same as row {found}, or has its number; one of them is enough."
        ),
    }
    if not fault.found and fault.fault in (unnamed := _unnamed(say)):
        return unnamed[fault.fault].format(most=longest(fault.column))
    return texts[fault.fault].format(found=fault.found, most=longest(fault.column))


def _unnamed(say: Translations) -> dict[Fault, str]:
    """The same where what was found is not to be repeated."""
    return {
        Fault.TOO_LONG: say.gettext("what was found is too long; at most {most} characters were expected."),
        Fault.UNPRINTABLE: say.gettext(
            "what was found holds signs that can’t be seen; plain text was expected."
        ),
    }
