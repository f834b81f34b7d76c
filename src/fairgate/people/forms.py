"""What people type about accounts. The actions check what it means."""

from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fairgate.people.rules import Role, Seniority
from fairgate.people.wording import ROLE_NAMES, ROLE_SENTENCES, SENIORITY_NAMES
from fairgate.web.forms import offer


def _role_choices() -> list[tuple[str, str]]:
    words = '{} <span class="says">{}</span>'
    return [
        (role, format_html(words, gettext(ROLE_NAMES[role]), gettext(ROLE_SENTENCES[role]))) for role in Role
    ]


def _seniority_choices() -> list[tuple[str, str]]:
    return [(band, gettext(SENIORITY_NAMES[band])) for band in Seniority]


def _sign_in_name(**attrs: str) -> forms.CharField:
    attrs = {"autocapitalize": "none", "spellcheck": "false", **attrs}
    return forms.CharField(label=_("Sign-in name"), max_length=150, widget=forms.TextInput(attrs))


def _password(label: Any, autocomplete: str, help_text: Any = "") -> forms.CharField:
    widget = forms.PasswordInput({"autocomplete": autocomplete})
    return forms.CharField(label=label, help_text=help_text, strip=False, max_length=1000, widget=widget)


def _reason(help_text: Any) -> forms.CharField:
    widget = forms.TextInput({"autocomplete": "off"})
    return forms.CharField(label=_("Why?"), help_text=help_text, max_length=500, widget=widget)


class SignInForm(LoginForm):  # type: ignore[misc]  # allauth brings no types
    """allauth's form in our words: it checks the rate limits and the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login, password = self.fields["login"], self.fields["password"]
        login.label, password.label, password.help_text = _("Sign-in name or e-mail"), _("Password"), ""
        login.widget = forms.TextInput(
            {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        )
        password.widget = forms.PasswordInput({"autocomplete": "current-password"})


class RolesField(forms.TypedMultipleChoiceField):
    def __init__(self, **options: Any) -> None:
        super().__init__(coerce=Role, widget=forms.CheckboxSelectMultiple, label=_("Roles"), **options)


class DetailsForm(forms.Form):
    """Who somebody is."""

    name = forms.CharField(label=_("Name"), max_length=200)
    username = _sign_in_name()
    email = forms.EmailField(
        label=_("E-mail"), required=False, help_text=_("Another way to sign in. Nothing is sent to it yet.")
    )
    seniority = forms.TypedChoiceField(
        label=_("Seniority"),
        coerce=Seniority,
        widget=forms.RadioSelect,
        initial=Seniority.MIDDLE,
        help_text=_(
            "Used to see whether juniors and seniors see the function differently. Three bands, no finer."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "seniority", _seniority_choices())
        if "roles" in self.fields:
            offer(self, "roles", _role_choices())


class AddPersonForm(DetailsForm):
    roles = RolesField(required=False, help_text=_("Leave all open for somebody who only answers questions."))


class ChangePersonForm(DetailsForm):
    reason = forms.CharField(label=_("Why?"), required=False, max_length=500)


class RolesForm(forms.Form):
    """What somebody may do."""

    roles = RolesField(required=False)
    reason = _reason(_("It is kept in the ledger beside the change."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "roles", _role_choices())


class ReasonForm(forms.Form):
    reason = _reason(_("It is kept in the ledger."))


class NewPasswordForm(forms.Form):
    """A password typed twice."""

    password = _password(
        _("New password"),
        "new-password",
        _("At least 12 characters. Four words in a row are easy to keep in mind."),
    )
    again = _password(_("The same password again"), "new-password")

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("password"):
            raise ValidationError(_("The two passwords are not the same."))
        return again


class ChangePasswordForm(NewPasswordForm):
    old = _password(_("Present password"), "current-password")
    field_order = ("old", "password", "again")


class FirstStewardForm(NewPasswordForm):
    """The first account of an installation."""

    name = forms.CharField(
        label=_("Your name"), max_length=200, widget=forms.TextInput({"autocomplete": "name"})
    )
    username = _sign_in_name(autocomplete="username")
    field_order = ("name", "username", "password", "again")


class SearchForm(forms.Form):
    search = forms.CharField(
        label=_("Search by name, sign-in name or e-mail"), required=False, widget=forms.SearchInput
    )
