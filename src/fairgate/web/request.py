"""What a view gets."""

from django.http import HttpRequest

from fairgate.shared.actor import Actor


class Request(HttpRequest):
    """A request of somebody signed in: the login middleware lets nobody else through to a view without
    ``login_not_required``."""

    user: Actor  # type: ignore[assignment]
