"""``{% load voice %}``: the sentences of the form with their steps."""

from collections.abc import Mapping
from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fairgate.voice.rules import STEPS, Form, items_of
from fairgate.voice.wording import items

register = template.Library()


@register.simple_tag
def questions(form: Form, given: Mapping[str, str] | None = None) -> SafeString:
    """All sentences of one form. Empty, it is the same for everybody and is drawn once for each language."""
    if given:
        return _drawn(form, given)
    return _empty(form, get_language() or "")


@lru_cache(maxsize=8)
def _empty(form: Form, language: str) -> SafeString:
    return _drawn(form, {})


def _drawn(form: Form, given: Mapping[str, str]) -> SafeString:
    steps = [*((str(step), _(items.STEPS[step])) for step in STEPS), ("", _(items.CANT_JUDGE))]
    context = {
        "questions": [(code, _(items.TEXTS[code])) for code in items_of(form)],
        "agreement": _(items.AGREEMENT) if form is Form.TREATMENT else "",
        "second_look": _(items.SECOND_LOOK),
        "steps": steps,
        "yes_no": [("yes", _("yes")), ("no", _("no"))],
        "given": list(given.items()),
    }
    return mark_safe(render_to_string("voice/_questions.html", context))  # noqa: S308 - our own template
