"""As everywhere: `fairgate.shared.translations`."""

from fairgate.shared.translations import ENGLISH, Translations, gettext_noop

__all__ = ["ENGLISH", "Translations", "gettext_noop"]
