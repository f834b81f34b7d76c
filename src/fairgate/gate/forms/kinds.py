"""Kinds of request, and how grave a finding is."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fairgate.gate.forms.editions import RuleForm
from fairgate.gate.rules import NAME_LENGTH, REASON_LENGTH, Outcome
from fairgate.gate.rules.facts import MOST_DAYS
from fairgate.gate.wording.names import OUTCOMES
from fairgate.web.forms import offer


class KindForm(RuleForm):
    name = forms.CharField(label=_("Name"), max_length=NAME_LENGTH)
    description = forms.CharField(
        label=_("What it means"),
        required=False,
        max_length=REASON_LENGTH,
        help_text=_("Shown where people choose what to ask."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    outcomes = forms.MultipleChoiceField(
        label=_("Allowed outcomes"),
        help_text=_("At least one that lets it go on and one that doesn’t."),
        widget=forms.CheckboxSelectMultiple,
    )
    promise_days = forms.IntegerField(
        label=_("Answered within (working days)"),
        required=False,
        min_value=0,
        max_value=MOST_DAYS,
        help_text=_("Holds for what is asked from now on. Leave it empty to promise no date."),
    )
    warn_days = forms.IntegerField(
        label=_("Warned before (working days)"),
        min_value=0,
        max_value=MOST_DAYS,
        help_text=_("How long before the date it is shown as soon due."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "outcomes", [(outcome.value, gettext(name)) for outcome, name in OUTCOMES.items()])

    def facts(self) -> dict[str, Any]:
        chosen = self.cleaned_data["outcomes"]
        return {**super().facts(), "outcomes": [each.value for each in Outcome if each.value in chosen]}


class SeverityForm(RuleForm):
    name = forms.CharField(label=_("Name"), max_length=NAME_LENGTH)
    description = forms.CharField(
        label=_("What it means"),
        required=False,
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
