"""Lines a refusal slip begins with."""

from fairgate.shared.translations import Translations


def ask_whom(name: str, unit: str, say: Translations) -> str:
    return say.gettext("{name}, {unit}").format(name=name, unit=unit)[:200]


def how_to_get_a_second_look(unit: str, days: int | None, say: Translations) -> str:
    """Who looks, and how soon: the same working days as the promise of the request."""
    text = say.gettext(
        "Choose “Ask for a second look” on the page of this request and say why. Somebody else in {unit}, who had no part in "
        "this decision, looks at it again and gives reasons."
    ).format(unit=unit)
    if days is None:
        return text
    soon = say.ngettext(
        "You get the answer within {days} working day.",
        "You get the answer within {days} working days.",
        days,
    )
    return f"{text} {soon.format(days=days)}"
