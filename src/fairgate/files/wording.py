"""What became of kept files, as sentences."""

from fairgate.files.rules import Condition, Damage
from fairgate.shared.translations import ENGLISH, Translations, gettext_noop

_SENTENCES = {
    Condition.CHANGED: gettext_noop("The file “{name}” was changed after it was kept (SHA-256 {sha256})."),
    Condition.MISSING: gettext_noop("The file “{name}” is missing (SHA-256 {sha256})."),
}


def damage(found: Damage, say: Translations = ENGLISH) -> str:
    """One damaged file as a sentence."""
    return say.gettext(_SENTENCES[found.condition]).format(name=found.name, sha256=found.sha256)
