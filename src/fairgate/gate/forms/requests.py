"""What those who ask type: a request, and what may be said about it before it is decided."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fairgate.gate.forms.amounts import AmountField
from fairgate.gate.rules import NAME_LENGTH, REASON_LENGTH, TEXT_LENGTH
from fairgate.web.forms import offer

Choices = Iterable[tuple[int | str, str]]


class RequestForm(forms.Form):
    """One service request. ``key`` is made with the page: sent twice, it is the same request."""

    unit = forms.TypedChoiceField(label=_("For which unit do you ask?"), coerce=int, widget=forms.RadioSelect)
    asked = forms.CharField(
        label=_("What do you ask for?"),
        max_length=REASON_LENGTH,
        help_text=_("One sentence. It heads the request, and the refusal slip if there is one."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    item = forms.CharField(
        label=_("Which lot, contract or document is it about?"),
        required=False,
        max_length=NAME_LENGTH,
        help_text=_("Its number or name, as others would look for it."),
    )
    facts = forms.CharField(
        label=_("Your facts, and your case"),
        required=False,
        max_length=TEXT_LENGTH,
        help_text=_("What speaks for it, what speaks against it, and where the evidence is."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    process = forms.TypedChoiceField(
        label=_("Process"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("Which one waits for it."),
    )
    risk = forms.ChoiceField(
        label=_("If this were approved and turned out wrong, how bad would it be?"),
        required=False,
        widget=forms.RadioSelect,
    )
    value = AmountField(label=_("Amount it is about"), required=False, max_digits=18, decimal_places=3)
    follows = forms.IntegerField(required=False, widget=forms.HiddenInput)
    advice = forms.IntegerField(required=False, widget=forms.HiddenInput)
    key = forms.CharField(max_length=NAME_LENGTH, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        units: Choices,
        processes: Choices,
        risks: Choices,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        own = list(units)
        offer(self, "unit", own)
        offer(self, "process", [("", _("None in particular")), *processes])
        offer(self, "risk", [("", _("Not judged")), *risks])
        if len(own) == 1:
            only_one(self, "unit", own[0][0])


class ReasonForm(forms.Form):
    """Why: asked wherever something is taken back or handed on."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=REASON_LENGTH,
        help_text=_("Kept with your name. The other side reads it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class WarningForm(ReasonForm):
    """An early warning: the answer will come later than promised."""

    expected_by = forms.DateTimeField(
        label=_("When will the answer come?"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
    )
    field_order = ["expected_by", "reason"]


class ReassignForm(ReasonForm):
    """Somebody else is to look at it."""

    reviewer = forms.TypedChoiceField(label=_("Who is to look at it?"), coerce=int, widget=forms.RadioSelect)
    field_order = ["reviewer", "reason"]

    def __init__(self, *args: Any, people: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "reviewer", people)


def only_one(form: forms.Form, name: str, value: int | str) -> None:
    """Nobody is asked to choose where there is nothing to choose from."""
    form.fields[name].initial = value
    form.fields[name].widget = forms.HiddenInput()
