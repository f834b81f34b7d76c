"""What every page of the form observes: it is said in the reader's language, kept by no cache, and tells no other site where
the reader came from. Error reports leave out what was sent."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from fairgate.voice.wording.answering import LANGUAGES

View = Callable[..., HttpResponse]
SPOKEN = tuple(code for code, _name in LANGUAGES)


def discreet(view: View) -> View:
    """For pages of the form that somebody signed in opens."""
    silent = sensitive_variables()(sensitive_post_parameters()(_in_their_language(view)))
    return never_cache(silent)


def by_link_only(view: View) -> View:
    """For pages of the form that a personal link opens. The link is the permission, not a cookie, so no other site can
    make a browser answer, and there is no token against that to expire (a browser that sends no referrer sends no origin
    either, and Django would refuse it)."""

    @wraps(view)
    def told_to_nobody(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        response = view(request, *args, **named)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        return response

    return login_not_required(csrf_exempt(discreet(told_to_nobody)))


def language_of(request: HttpRequest) -> str:
    """English or German: the one asked for, else the first of the browser's that is one of them."""
    if (asked := request.GET.get("language", "")) in SPOKEN:
        return asked
    wanted = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    return next((code[:2] for code, _weight in wanted if code[:2] in SPOKEN), SPOKEN[0])


def _in_their_language(view: View) -> View:
    @wraps(view)
    def spoken(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        language = language_of(request)
        with translation.override(language):
            response = view(request, *args, **named)
        response["Content-Language"] = language
        patch_vary_headers(response, ["Accept-Language"])
        return response

    return spoken
