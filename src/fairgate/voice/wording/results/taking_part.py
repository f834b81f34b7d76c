"""Who was asked, and how many of them answered."""

from typing import Final

from fairgate.shared.translations import Translations, gettext_noop
from fairgate.voice.rules import FEWEST, ResponseRow, Results
from fairgate.voice.wording.promises import EVERYBODY, HOW_MANY
from fairgate.voice.wording.results.names import key
from fairgate.voice.wording.results.shares import in_100

GROUPS: Final = {
    "all": gettext_noop("everybody who was asked"),
    "mirror": gettext_noop("asked how others serve them"),
    "other-kinds": gettext_noop("the kinds about which few were asked, together"),
}
APPROVAL: Final = {
    "approving": gettext_noop("approved, with or without conditions"),
    "not-approving": gettext_noop("not approved"),
}


def responses(found: Results, say: Translations) -> list[tuple[str, str, str]]:
    """Who was asked, how many, and how many of them answered."""
    return [(_asked(row, say), f"{row.asked:,}", _answered(row, say)) for row in found.responses]


def _asked(row: ResponseRow, say: Translations) -> str:
    if row.by in GROUPS:
        return say.gettext(GROUPS[row.by])
    if row.by == "approval":
        return say.gettext(APPROVAL[row.name])
    return key(row.name, say)


def _answered(row: ResponseRow, say: Translations) -> str:
    if row.answered is None:
        return say.gettext("not told")
    rate = row.answered / row.asked
    return f"{row.answered:,} ({in_100(rate, rate, say)})"


def about_responses(found: Results, say: Translations) -> str:
    """What the number of answers tells, and what it doesn't."""
    return f"{say.gettext(HOW_MANY).format(fewest=FEWEST)} {say.gettext(EVERYBODY)}"
