"""One line for the home page."""

from typing import Any

from fairgate.protection.rules import WouldHave
from fairgate.protection.wording.names import WOULD_HAVE
from fairgate.shared.translations import Translations


def to_judge(number: int, say: Translations) -> str:
    return say.ngettext(
        "{number} refusal waits for your side to say what it kept from happening.",
        "{number} refusals wait for your side to say what they kept from happening.",
        number,
    ).format(number=f"{number:,}")


def to_answer(complaint: Any, say: Translations) -> str:
    return say.gettext("A complaint about {product}, {lot}, has no reply yet.").format(
        product=complaint.product, lot=complaint.lot
    )


def many_to_answer(number: int, say: Translations) -> str:
    return say.ngettext(
        "{number} complaint has no reply yet.", "{number} complaints have no reply yet.", number
    ).format(number=f"{number:,}")


def many_came(number: int, say: Translations) -> str:
    return say.ngettext("{number} complaint came in.", "{number} complaints came in.", number).format(
        number=f"{number:,}"
    )


def many_judged(number: int, say: Translations) -> str:
    return say.ngettext(
        "Both sides said of {number} refusal what it kept from happening.",
        "Both sides said of {number} refusals what they kept from happening.",
        number,
    ).format(number=f"{number:,}")


def many_linked(number: int, say: Translations) -> str:
    return say.ngettext(
        "{number} link between complaints and decisions was made or taken back.",
        "{number} links between complaints and decisions were made or taken back.",
        number,
    ).format(number=f"{number:,}")


def came(complaint: Any, say: Translations) -> str:
    return say.gettext("A complaint came in about {product}, {lot}.").format(
        product=complaint.product, lot=complaint.lot
    )


def judged(judgement: Any, say: Translations) -> str:
    """Both sides have: what each said."""
    function, customer = WouldHave(judgement.would_have), WouldHave(judgement.customer_said)
    what = judgement.decision.request
    if function is customer:
        return say.gettext("Both sides say of the refused “{what}”: it kept from happening {it}.").format(
            what=what, it=say.gettext(WOULD_HAVE[function])
        )
    return say.gettext(
        "Of the refused “{what}” the function says {one}, the unit that asked says {other}."
    ).format(what=what, one=say.gettext(WOULD_HAVE[function]), other=say.gettext(WOULD_HAVE[customer]))


def linked(escape: Any, say: Translations) -> str:
    text = (
        say.gettext("A complaint about {lot} was linked to the decision on {request}.")
        if escape.is_linked
        else say.gettext("A complaint about {lot} is no longer linked to the decision on {request}.")
    )
    return text.format(lot=escape.complaint.lot, request=escape.decision.request.reference)
