"""What those who decide type: a review, a decision with its refusal slip, a second look."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fairgate.gate.forms.requests import Choices
from fairgate.gate.rules import REASON_LENGTH, TEXT_LENGTH, LookResult, Outcome
from fairgate.gate.rules.slips import SlipRow
from fairgate.web.forms import offer


class ReviewForm(forms.Form):
    """A named person's look."""

    found = forms.CharField(
        label=_("What did you find?"),
        max_length=TEXT_LENGTH,
        help_text=_("What you looked at, and what you saw. The decision rests on it."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class SlipForm(forms.Form):
    """The refusal slip. `slip()` is what it says once it is valid."""

    SLIP: ClassVar[tuple[str, ...]] = (
        "asked", "clause", "reasons", "way_to_yes", "by_when", "ask_whom", "second_look",
    )  # fmt: skip

    asked = forms.CharField(
        label=_("What was asked"), max_length=REASON_LENGTH, widget=forms.Textarea(attrs={"rows": 2})
    )
    clause = forms.TypedChoiceField(label=_("The clause it rests on"), coerce=int, empty_value=None)
    reasons = forms.CharField(
        label=_("Reasons, fit to repeat"),
        max_length=TEXT_LENGTH,
        help_text=_(
            "Write it so that they can read it aloud to their own team: what is so, not who is to blame."
        ),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    way_to_yes = forms.CharField(
        label=_("The way to yes"),
        max_length=TEXT_LENGTH,
        help_text=_("What would have to be true for a yes, and what to do first."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    by_when = forms.DateField(
        label=_("By when"),
        help_text=_("The day by which this should be done, or is looked at again."),
        widget=forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
    )
    ask_whom = forms.CharField(
        label=_("Whom to ask"), max_length=200, help_text=_("A name, and how to reach them.")
    )
    second_look = forms.CharField(
        label=_("How to get a second look"),
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, clauses: Iterable[Any], examples_at: str = "", **options: Any) -> None:
        """``examples_at``: the address of the chosen clause's good examples, fetched where scripts run."""
        super().__init__(*args, **options)
        offer(self, "clause", [("", _("Choose a clause")), *clauses])
        if examples_at:
            self.fields["clause"].widget.attrs |= {
                "hx-get": examples_at, "hx-target": "#examples", "hx-trigger": "change", "hx-swap": "innerHTML",
            }  # fmt: skip

    def slip(self) -> SlipRow:
        return SlipRow(**{name: self.cleaned_data[name] for name in self.SLIP})

    @property
    def chosen(self) -> int | None:
        """The clause that stands in the form, valid or not."""
        value = str(self["clause"].value() or "")
        return int(value) if value.isdecimal() and value.isascii() and len(value) < 19 else None

    @property
    def slip_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.SLIP]


class OutcomeForm(SlipForm):
    """Only the outcomes a kind allows; the slip's fields have to be filled in for those that need one."""

    outcome = forms.TypedChoiceField(label=_("Outcome"), coerce=Outcome, widget=forms.RadioSelect)
    conditions = forms.CharField(
        label=_("Conditions"),
        required=False,
        max_length=REASON_LENGTH,
        help_text=_("What has to be done, by whom and by when."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, outcomes: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "outcome", outcomes)
        for name in (*self.SLIP, "conditions"):
            _ask_at_times(self.fields[name])

    @property
    def needs_slip(self) -> bool:
        outcome = self.cleaned_data.get("outcome")
        return isinstance(outcome, Outcome) and outcome.needs_slip

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if self.needs_slip:
            for name in self.SLIP:
                if name not in self.errors and values.get(name) in (None, ""):
                    self.add_error(name, gettext("The refusal slip needs this."))
        if values.get("outcome") == Outcome.CONDITIONS and not values.get("conditions"):
            self.add_error("conditions", gettext("Say what the conditions are."))
        return values

    def decided(self) -> dict[str, Any]:
        """What goes to the action: nothing that belongs to another outcome, though it was typed."""
        outcome = self.cleaned_data["outcome"]
        return {
            "outcome": outcome,
            "conditions": self.cleaned_data["conditions"] if outcome == Outcome.CONDITIONS else "",
            "slip": self.slip() if self.needs_slip else None,
        }


class DecideForm(OutcomeForm):
    """A decision. ``seen`` is the latest review or decision its page showed, so that nobody decides twice unawares."""

    note = forms.CharField(
        label=_("A note"),
        required=False,
        max_length=REASON_LENGTH,
        help_text=_("The other side reads it too."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def decided(self) -> dict[str, Any]:
        return {**super().decided(), "note": self.cleaned_data["note"], "seen": self.cleaned_data["seen"]}


class AskAgainForm(forms.Form):
    """Asking for a second look."""

    why = forms.CharField(
        label=_("What should they look at again?"),
        max_length=REASON_LENGTH,
        help_text=_("What was overlooked or read differently. Nobody minds that you ask."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class LookAgainForm(OutcomeForm):
    """What a second look came to. Overturned, it brings a new decision."""

    result = forms.TypedChoiceField(
        label=_("What did you find?"), coerce=LookResult, widget=forms.RadioSelect
    )
    look_reasons = forms.CharField(
        label=_("Your reasons"),
        max_length=TEXT_LENGTH,
        help_text=_("Those who asked read them."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, results: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "result", results)
        _ask_at_times(self.fields["outcome"])

    @property
    def overturns(self) -> bool:
        return bool(self.cleaned_data.get("result") == LookResult.OVERTURNED)

    @property
    def needs_slip(self) -> bool:
        return self.overturns and super().needs_slip

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if self.overturns and not values.get("outcome") and "outcome" not in self.errors:
            self.add_error("outcome", gettext("Choose what is decided instead."))
        return values

    def looked(self) -> dict[str, Any]:
        """What goes to the action; an upheld decision brings reasons and nothing else."""
        said = {"result": self.cleaned_data["result"], "reasons": self.cleaned_data["look_reasons"]}
        return {**said, **self.decided()} if self.overturns else said


def _ask_at_times(field: forms.Field) -> None:
    """Needed with some answers only: not to be called optional, because it shows only where it isn't."""
    field.required = False
    field.hide_optional = True  # type: ignore[attr-defined]  # web/field.html reads it
