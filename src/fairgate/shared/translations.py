"""What a source of translations has to offer, for wording that knows no Django."""

import gettext as standard
from typing import Protocol, runtime_checkable


@runtime_checkable
class Translations(Protocol):
    """`django.utils.translation` and the standard library's `gettext` both fit."""

    def gettext(self, message: str, /) -> str: ...

    def ngettext(self, singular: str, plural: str, number: int, /) -> str: ...


ENGLISH: Translations = standard.NullTranslations()


def gettext_noop(message: str) -> str:
    """Marks a text for translation where it is defined; it is translated where it is used."""
    return message
