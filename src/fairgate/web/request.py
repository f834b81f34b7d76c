"""What a view gets."""

from django.http import HttpRequest, QueryDict
from django_htmx.middleware import HtmxDetails

from fairgate.shared.actor import Actor


class Request(HttpRequest):
    """A request of somebody signed in: the login middleware lets nobody else through to a view without
    ``login_not_required``."""

    user: Actor  # type: ignore[assignment]  # the settings name the account, which is above
    htmx: HtmxDetails


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, to bind a form with; None when nothing was, also not an empty form."""
    return request.POST if request.method == "POST" else None
