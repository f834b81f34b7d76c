"""``{% load people %}``: roles and seniority in words."""

from collections.abc import Iterable

from django import template
from django.utils.translation import gettext

from fairgate.people.rules import Role, Seniority
from fairgate.people.wording import ROLE_NAMES, ROLE_SENTENCES, SENIORITY_NAMES

register = template.Library()


@register.filter
def role_names(roles: Iterable[Role]) -> str:
    """ "Lead, Reviewer", or "no role"."""
    return ", ".join(gettext(ROLE_NAMES[role]) for role in sorted(roles)) or gettext("no role")


@register.filter
def in_words(roles: Iterable[Role]) -> list[tuple[str, str]]:
    """Each role's name and what it may do."""
    return [(gettext(ROLE_NAMES[role]), gettext(ROLE_SENTENCES[role])) for role in sorted(roles)]


@register.filter
def seniority_name(code: str) -> str:
    return gettext(SENIORITY_NAMES[Seniority(code)])
