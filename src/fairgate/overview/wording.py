"""The sentence the home page begins with."""

from fairgate.shared.translations import Translations

# Rooms list at most so many of a sort; from there on nobody counts, and the sentence says so.
COUNTED = 50


def waiting_lead(waiting: int, overdue: int, say: Translations) -> str:
    """How much waits for the reader, and how much of it is late."""
    if not waiting:
        return say.gettext("Nothing waits for you.")
    if waiting >= COUNTED:
        much = say.gettext("{n} things or more wait for you.").format(n=waiting)
    else:
        much = say.ngettext("{n} thing waits for you.", "{n} things wait for you.", waiting).format(n=waiting)
    if not overdue:
        return f"{much} {say.gettext('Nothing is late.')}"
    late = say.ngettext("{n} of them is late.", "{n} of them are late.", overdue).format(n=overdue)
    return f"{much} {late}"
