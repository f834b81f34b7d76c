"""A day in words, without Django: 14 January 2027."""

from datetime import date
from typing import Final

from fairgate.shared.translations import Translations, gettext_noop

MONTHS: Final = (
    gettext_noop("January"),
    gettext_noop("February"),
    gettext_noop("March"),
    gettext_noop("April"),
    gettext_noop("May"),
    gettext_noop("June"),
    gettext_noop("July"),
    gettext_noop("August"),
    gettext_noop("September"),
    gettext_noop("October"),
    gettext_noop("November"),
    gettext_noop("December"),
)


def day(when: date, say: Translations) -> str:
    month = say.gettext(MONTHS[when.month - 1])
    return say.gettext("{day} {month} {year}").format(day=when.day, month=month, year=when.year)
