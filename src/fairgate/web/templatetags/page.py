"""``{% load page %}``: the parts of a page that `base.html` puts together."""

from typing import Any

from django import template
from django.conf import settings

from fairgate.web.navigation import links_for

register = template.Library()


@register.inclusion_tag("web/navigation.html", takes_context=True)
def navigation(context: template.Context) -> dict[str, Any]:
    """Links to the rooms, the way to the own account and out. Nothing for somebody who is not signed in."""
    user = context.get("user")
    request = context.get("request")
    if user is None or request is None or not user.is_authenticated:
        return {}
    return {
        "links": list(links_for(user, request.path)),
        "person": user,
        "path": request.path,
        "csrf_token": context.get("csrf_token"),
    }


@register.simple_tag
def demonstration() -> bool:
    """Whether this installation shows invented people and records."""
    return bool(settings.DEMONSTRATION)


@register.filter
def first_control(field: Any) -> str:
    """The id an error message should lead to: the control, or the first one of a group."""
    return str(field.id_for_label or f"{field.auto_id}_0")
