"""In and out: signing in, the one-time link, the first account, a demonstration's open doors."""

from typing import Any

from allauth.account.internal.flows.logout import logout
from allauth.account.utils import get_next_redirect_url, perform_login
from allauth.account.views import LoginView
from allauth.decorators import rate_limit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from fairgate.people import actions, queries
from fairgate.people.forms import FirstStewardForm, NewPasswordForm, SignInForm
from fairgate.people.views.attempt import attempt
from fairgate.shared.actor import System


class SignInView(LoginView):  # type: ignore[misc]  # allauth brings no types
    """allauth's: rate limits, equal time for known and unknown names, ``next`` only within this site."""

    template_name = "people/sign_in.html"
    form_class = SignInForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "asked_for": get_next_redirect_url(self.request),
            "doors": queries.demonstration_doors(),
        }


@require_POST
@never_cache
def sign_out(request: HttpRequest) -> HttpResponse:
    actions.signed_out(by=queries.acting(request.user))
    logout(request, show_message=False)
    messages.success(request, _("You are signed out."))
    return redirect("account_login")


@login_not_required
@never_cache
@sensitive_post_parameters("password", "again")
@rate_limit(action="reset_password_from_key")  # type: ignore[untyped-decorator]  # allauth brings no types
def set_password(request: HttpRequest, uid: str, token: str) -> HttpResponse:
    """Where a one-time link leads."""
    person = queries.person_by_link(uid, token)
    if person is None:
        return render(request, "people/link_ended.html", status=410)
    form = NewPasswordForm(request.POST or None)
    if request.method == "POST":
        owner = attempt(form, actions.set_password_by_link, by=person, token=token)
        if owner is not None:
            messages.success(request, _("Your password is set. Sign in with it."))
            return redirect("account_login")
    return render(request, "people/set_password.html", {"form": form, "owner": person})


@login_not_required
@never_cache
@sensitive_post_parameters("password", "again")
@rate_limit(action="signup")  # type: ignore[untyped-decorator]  # allauth brings no types
def first(request: HttpRequest, token: str) -> HttpResponse:
    """The first account of an installation; afterwards there is no such page."""
    if not queries.first_door_is_open(token):
        raise Http404
    form = FirstStewardForm(request.POST or None)
    if request.method == "POST":
        steward = attempt(form, actions.first_steward, by=System("first account"))
        if steward is not None:
            return _let_in(request, steward, redirect_url="/")
    return render(request, "people/first.html", {"form": form})


@login_not_required
@never_cache
@require_POST
def sign_in_as(request: HttpRequest) -> HttpResponse:
    """One click, in a demonstration only; elsewhere there is no such page."""
    chosen = request.POST.get("person", "")
    if not chosen.isdecimal():
        raise Http404
    person = queries.demonstration_person(int(chosen))
    if request.user.is_authenticated:
        logout(request, show_message=False)
    return _let_in(request, person)


def _let_in(request: HttpRequest, person: Any, **options: Any) -> HttpResponse:
    response: HttpResponse = perform_login(request, person, **options)
    return response
