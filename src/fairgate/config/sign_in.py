"""How allauth meets our accounts: no sign-up, no mail, our words, and every attempt recorded."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairgate.people import actions, queries

_WRONG = gettext_lazy("The sign-in name or the password is not right.")


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth brings no types
    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _WRONG,
        "email_password_mismatch": _WRONG,
        "too_many_login_attempts": gettext_lazy("Too many attempts. Wait five minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by a steward."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """Only this very site: not every host that the installation may be called by."""
        request = context.request
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        )

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Our views say what happened."""

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> HttpResponse:
        actions.signed_in(by=queries.acting(user))
        response: HttpResponse = super().post_login(request, user, **kwargs)
        return response

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        actions.sign_in_failed(login=credentials.get("email") or credentials.get("username") or "")

    def respond_user_inactive(self, request: HttpRequest, user: AbstractBaseUser) -> HttpResponse:
        """Said only to somebody who knew the password."""
        actions.sign_in_failed(login=user.get_username())
        messages.error(request, _("This account is disabled. A steward can enable it."))
        return redirect("account_login")
