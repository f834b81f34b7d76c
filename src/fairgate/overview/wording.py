"""The sentence the home page begins with."""

from fairgate.shared.translations import Translations


def waiting_lead(waiting: int, overdue: int, say: Translations) -> str:
    """How much waits for the reader, and how much of it is late."""
    if not waiting:
        return say.gettext("Nothing waits for you.")
    much = say.ngettext("%d thing waits for you", "%d things wait for you", waiting) % waiting
    if not overdue:
        return say.gettext("%s; nothing is late.") % much
    late = say.ngettext("one of them is late", "%d of them are late", overdue)
    return f"{much}; {late % overdue if '%' in late else late}."
