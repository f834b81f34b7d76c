"""``{% load improvement %}``: codes in words."""

from django import template
from django.utils.translation import gettext

from fairgate.improvement.rules import Answer, Event, Fate
from fairgate.improvement.wording.names import ANSWERS, EVENTS, FATE_TONES, FATES

register = template.Library()


@register.filter
def fate_name(fate: Fate) -> str:
    return gettext(FATES[fate])


@register.filter
def fate_tone(fate: Fate) -> str:
    """The colour beside the word."""
    return FATE_TONES[fate]


@register.filter
def event_name(code: str) -> str:
    return gettext(EVENTS[Event(code)])


@register.filter
def answer_name(code: str) -> str:
    return gettext(ANSWERS[Answer(code)])
