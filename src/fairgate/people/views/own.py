"""One's own account."""

from allauth.decorators import rate_limit
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from fairgate.people import actions, queries
from fairgate.people.forms import ChangePasswordForm
from fairgate.people.views.attempt import attempt


@never_cache
def account(request: HttpRequest) -> HttpResponse:
    return render(request, "people/account.html")


@never_cache
@sensitive_post_parameters("old", "password", "again")
@rate_limit(action="change_password")  # type: ignore[untyped-decorator]  # allauth brings no types
def change_password(request: HttpRequest) -> HttpResponse:
    form = ChangePasswordForm(request.POST or None)
    if request.method == "POST":
        person = attempt(form, actions.change_password, by=queries.acting(request.user))
        if person is not None:
            update_session_auth_hash(request, person)
            messages.success(request, _("Your password is changed. You are signed out everywhere else."))
            return redirect("people:account")
    return render(request, "people/change_password.html", {"form": form})


@require_POST
@never_cache
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    actions.sign_out_everywhere(by=queries.acting(request.user))
    request.session.flush()
    messages.success(request, _("You are signed out on every device."))
    return redirect("account_login")
