"""What every request passes through that Django doesn't bring."""

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.utils.deprecation import MiddlewareMixin
from django.views.defaults import page_not_found


class NotThere(MiddlewareMixin):
    """What doesn't exist, and what isn't yours to know of, answers alike: 404. Queries raise ``DoesNotExist`` for both,
    so that no view can tell them apart by accident."""

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, ObjectDoesNotExist):
            return page_not_found(request, exception)
        return None
