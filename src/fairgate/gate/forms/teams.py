"""Teams of a gate and who is in them."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fairgate.gate.rules import NAME_LENGTH
from fairgate.web.forms import offer


class TeamForm(forms.Form):
    name = forms.CharField(label=_("Name of the team"), max_length=NAME_LENGTH)


class PlaceForm(forms.Form):
    person = forms.TypedChoiceField(label=_("Who?"), coerce=int)

    def __init__(self, *args: Any, people: Iterable[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "person", [("", _("Choose somebody")), *people])
