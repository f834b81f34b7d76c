"""“Would this pass?”, asked and answered."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fairgate.gate.forms.requests import Choices, only_one
from fairgate.gate.rules import NAME_LENGTH, TEXT_LENGTH, Likely
from fairgate.web.forms import offer


class QuestionForm(forms.Form):
    """One question before a request."""

    unit = forms.TypedChoiceField(label=_("For which unit do you ask?"), coerce=int, widget=forms.RadioSelect)
    question = forms.CharField(
        label=_("Would this pass?"),
        max_length=TEXT_LENGTH,
        help_text=_("Say what you plan, and what you are not sure of."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    key = forms.CharField(max_length=NAME_LENGTH, widget=forms.HiddenInput)

    def __init__(self, *args: Any, units: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        own = list(units)
        offer(self, "unit", own)
        if len(own) == 1:
            only_one(self, "unit", own[0][0])


class AnswerForm(forms.Form):
    """An early answer, with the clauses that matter."""

    likely = forms.TypedChoiceField(
        label=_("Would it pass, as things stand?"), coerce=Likely, widget=forms.RadioSelect
    )
    answer = forms.CharField(
        label=_("Your answer"),
        max_length=TEXT_LENGTH,
        help_text=_("What is good already, what is missing, and what would settle it."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    clauses = forms.TypedMultipleChoiceField(
        label=_("Clauses that matter"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, likely: Choices, clauses: Iterable[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "likely", likely)
        offer(self, "clauses", clauses)
