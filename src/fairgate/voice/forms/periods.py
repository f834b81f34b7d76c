"""Forms of the privacy officer."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from fairgate.voice.rules import LARGEST_KEY_FILE, MONTHS, MOST_OVERSAMPLING, OVERSAMPLING, TEXT_LENGTH

LENGTHS: Final = {1: _("one month"), 3: _("three months"), 6: _("six months"), 12: _("twelve months")}


class PeriodForm(forms.Form):
    """A period of asking."""

    starts_on = forms.DateField(
        label=_("First day"),
        required=False,
        help_text=_("The first of a month. Empty: this quarter, or the day after the last period."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    months = forms.TypedChoiceField(
        label=_("How long?"),
        coerce=int,
        initial=3,
        choices=[(months, LENGTHS[months]) for months in MONTHS],
        help_text=_("Longer periods publish more: the plan says what, before anybody is asked."),
    )
    oversampling = forms.FloatField(
        label=_("How much more likely is a refusal picked than an approval?"),
        min_value=1,
        max_value=MOST_OVERSAMPLING,
        initial=OVERSAMPLING,
        help_text=_("3 means three times as likely. It is said openly, and figures take it into account."),
    )
    turn_to = forms.CharField(
        label=_("Where to turn with danger or misconduct"),
        required=False,
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Stands on the form and in its mail, in the languages you write it in. Name the office and its telephone. Empty: a "
            "general sentence that names supervisor, safety officer and reporting office."
        ),
    )

    def given(self) -> dict[str, Any]:
        return {**self.cleaned_data, "turn_to": self.cleaned_data["turn_to"].strip()}


class KeyForm(forms.Form):
    """The key file, shown for a moment and kept nowhere."""

    key = forms.FileField(
        label=_("The key file of this period"),
        help_text=_(
            "Your browser saved it when the period was announced. It is used at once and kept nowhere."
        ),
    )

    def clean_key(self) -> bytes:
        file = self.cleaned_data["key"]
        if file.size > LARGEST_KEY_FILE:
            raise forms.ValidationError(_("This is no key file: it is too large."))
        return bytes(file.read())


class ClosingForm(KeyForm):
    """With the word that is needed where many answers can't be read: ``unreadable``, as the preview counted them."""

    without = forms.BooleanField(required=False)

    def __init__(self, *args: Any, unreadable: int = 0, **more: Any) -> None:
        super().__init__(*args, **more)
        self.unreadable = unreadable
        self.fields["without"].label = ngettext(
            "Close without {n} unreadable answer, which is then deleted",
            "Close without {n} unreadable answers, which are then deleted",
            unreadable,
        ).format(n=unreadable)
        if not unreadable:
            del self.fields["without"]

    def given(self) -> int:
        """Without how many answers."""
        return self.unreadable if self.cleaned_data.get("without") else 0


class GiveUpForm(forms.Form):
    reason = forms.CharField(
        label=_("What happened to the key?"),
        max_length=TEXT_LENGTH,
        help_text=_("Kept in the ledger with your name."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
