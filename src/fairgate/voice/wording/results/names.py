"""Values of attributes, sentences and columns, in words."""

from typing import Final

from fairgate.shared.translations import Translations, gettext_noop
from fairgate.voice.wording import items

KEYS: Final[dict[str, str]] = {
    "approving": gettext_noop("approved"),
    "not-approving": gettext_noop("not approved"),
    "approved": gettext_noop("approved"),
    "conditions": gettext_noop("approved with conditions"),
    "returned": gettext_noop("returned"),
    "held": gettext_noop("held"),
    "refused": gettext_noop("refused"),
    "junior": gettext_noop("junior"),
    "middle": gettext_noop("middle"),
    "senior": gettext_noop("senior"),
}

COLUMNS: Final[dict[str, str]] = {
    "unit": gettext_noop("Decided by"),
    "team": gettext_noop("Team"),
    "outcome": gettext_noop("What was decided"),
    "seniority": gettext_noop("Seniority"),
    "supplier": gettext_noop("Supplied by"),
    "kind": gettext_noop("Kind of request"),
}


def sentence(code: str, say: Translations) -> str:
    return say.gettext(items.TEXTS.get(code, code))


def key(value: str, say: Translations) -> str:
    """A value of an attribute: codes get words, names stay."""
    return say.gettext(KEYS[value]) if value in KEYS else value
