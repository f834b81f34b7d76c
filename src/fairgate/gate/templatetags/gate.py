"""``{% load gate %}``: moments with their zone, outcomes as coloured words."""

from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def moment(at: datetime | None) -> str:
    """A day and time where the reader is, with the zone: nobody has to guess whose clock it is."""
    if at is None:
        return ""
    return date_format(timezone.localtime(at), "j M Y, H:i T")


@register.filter
def thousands(number: int) -> str:
    """A count as sentences write it: 12,345."""
    return f"{number:,}"


@register.filter
def marked(at: datetime | None) -> SafeString | str:
    """`moment`, as an element that says it to programs too."""
    if at is None:
        return ""
    return format_html('<time datetime="{}">{}</time>', timezone.localtime(at).isoformat(), moment(at))
