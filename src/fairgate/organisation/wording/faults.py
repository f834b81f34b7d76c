"""What is wrong with a row, as a sentence that names row, column, what was found and what was expected."""

from fairgate.organisation.rules import FactKind, Fault, RowFault, longest
from fairgate.organisation.wording.columns import LABELS
from fairgate.organisation.wording.translations import Translations


def sentence(fault: RowFault, kind: FactKind, say: Translations) -> str:
    """The whole message, for a list of problems."""
    column = say.gettext(LABELS[kind][fault.column])
    if not fault.row:
        return say.gettext("{column}: {problem}").format(column=column, problem=problem(fault, say))
    return say.gettext("Row {row}, {column}: {problem}").format(
        row=fault.row, column=column, problem=problem(fault, say)
    )


def problem(fault: RowFault, say: Translations) -> str:
    """The message without its place, for the field of a form."""
    texts = {
        Fault.MISSING: say.gettext("nothing was given; a name was expected."),
        Fault.TOO_LONG: say.gettext("“{found}” is too long; at most {most} characters were expected."),
        Fault.ITSELF: say.gettext("“{found}” stands on both sides; two different units were expected."),
        Fault.TWICE: say.gettext("this says the same as another one ({found}); one of them is enough."),
        Fault.NEGATIVE: say.gettext("{found} was found; a number above zero was expected."),
        Fault.NOT_KNOWN: say.gettext(
            "“{found}” is not known here; choose one that is, or ask a steward to add it."
        ),
        Fault.OTHERWISE: say.gettext("“{found}” stands here already; only a steward changes it."),
        Fault.UNPRINTABLE: say.gettext("“{found}” holds signs that can’t be seen; plain text was expected."),
        Fault.HAS_A_TARGET: say.gettext(
            "“{found}” was found; work that is served or scrapped goes to no unit."
        ),
    }
    return texts[fault.fault].format(found=fault.found, most=longest(fault.column))
