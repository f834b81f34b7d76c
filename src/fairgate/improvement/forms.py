"""Forms. What a field may say is judged by the actions; a form asks, and shows what they found beside the field."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4
from zoneinfo import available_timezones

from django import forms
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fairgate.improvement.queries import OVERDUE
from fairgate.improvement.rules import (
    NAME_LENGTH,
    QUESTIONS,
    REASON_LENGTH,
    SENTENCE_LENGTH,
    SUMMARY_LENGTH,
    TEXT_LENGTH,
    THEME_LENGTH,
    Answer,
    CommitmentState,
    FieldFault,
    Refusal,
    lines_of,
)
from fairgate.improvement.wording import faults
from fairgate.improvement.wording.names import ANSWERS, COMMITMENT_STATES, INTERVIEW_STATES
from fairgate.web.forms import offer

Choices = Iterable[tuple[Any, str]]
NOBODY_HERE = 0  # no account has this key
KEPT_IN_LEDGER = _("Kept in the ledger with your name.")
AREAS = (
    "Africa/",
    "America/",
    "Antarctica/",
    "Asia/",
    "Atlantic/",
    "Australia/",
    "Europe/",
    "Indian/",
    "Pacific/",
)


def zones(*also: str) -> list[tuple[str, str]]:
    """The zones people live in, UTC first; ``also`` whatever is set already."""
    found = sorted(zone for zone in available_timezones() if zone.startswith(AREAS))
    return [(zone, zone) for zone in dict.fromkeys(["UTC", *also, *found])]


class TellingForm(forms.Form):
    """A form that shows what an action refused."""

    def show(self, found: Iterable[FieldFault]) -> None:
        for fault in found:
            where = fault.field if fault.field in self.fields else None
            self.add_error(where, faults.problem(fault, translation))

    def refuse(self, code: Refusal) -> None:
        self.add_error(None, faults.refusal(code, translation))


def _day(label: Any, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        widget=forms.DateInput(
            attrs={"type": "date", "class": "short", "max": "9999-12-31"}, format="%Y-%m-%d"
        ),
    )


def _text(
    label: Any, longest: int, *, rows: int = 4, required: bool = True, help_text: Any = ""
) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, max_length=longest, required=required, help_text=help_text, widget=widget
    )


def _why(label: Any = None, *, required: bool = True) -> forms.CharField:
    return _text(label or _("Why"), REASON_LENGTH, rows=2, required=required, help_text=KEPT_IN_LEDGER)


class MeetingForm(TellingForm):
    """When, where, and the letter."""

    day = _day(_("Day"))
    hour = forms.TimeField(
        label=_("Hour"), widget=forms.TimeInput(attrs={"type": "time", "class": "short"}, format="%H:%M")
    )
    zone = forms.ChoiceField(label=_("In which time zone?"))
    place = forms.CharField(
        label=_("Where"),
        max_length=NAME_LENGTH,
        required=False,
        help_text=_("Face to face, if you can: at their place."),
    )
    invitation = _text(
        _("Invitation"),
        TEXT_LENGTH,
        rows=10,
        help_text=_("{name} is filled in. When, where and the six questions are added below it."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        initial = self.initial.get("zone")
        offer(self, "zone", zones(*([initial] if initial else [])))


class PlanForm(MeetingForm):
    """Whom to ask, when and where."""

    person = forms.TypedChoiceField(label=_("With whom?"), coerce=int, widget=forms.RadioSelect)
    person_name = forms.CharField(
        label=_("Name"),
        max_length=NAME_LENGTH,
        required=False,
        help_text=_("Only for somebody without an account here."),
    )
    key = forms.CharField(widget=forms.HiddenInput, max_length=60)
    field_order = ["person", "person_name", "day", "hour", "zone", "place", "invitation"]

    def __init__(self, people: Choices, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["seen"]
        offer(self, "person", [*people, (NOBODY_HERE, gettext("Somebody without an account"))])
        self.fields["key"].initial = str(uuid4())


class HoldForm(TellingForm):
    on = _day(_("On which day was it?"))


class ReasonForm(TellingForm):
    reason = _why()


class NotesForm(TellingForm):
    text = _text(
        _("Notes"),
        4 * TEXT_LENGTH,
        rows=16,
        required=False,
        help_text=_(
            "For the team only: not for the person you talked with, nor anybody outside the team. In no export."
        ),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class SummaryForm(TellingForm):
    """One page, in three parts, and the themes."""

    works = _text(_("What works"), SUMMARY_LENGTH)
    hinders = _text(_("What gets in their way"), SUMMARY_LENGTH)
    wishes = _text(_("What they would change"), SUMMARY_LENGTH)
    themes = forms.TypedMultipleChoiceField(
        label=_("Themes that came up"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    new_themes = forms.CharField(
        label=_("Themes that are not in the list yet"),
        required=False,
        max_length=10 * THEME_LENGTH,
        help_text=_(
            "Short, separated by commas: waiting, unclear reasons, early advice. Outside the team only counts are seen."
        ),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, themes: Choices, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "themes", themes)
        if not self.fields["themes"].choices:  # type: ignore[attr-defined]
            del self.fields["themes"]

    def parts(self) -> dict[str, Any]:
        """What the action takes."""
        values = dict(self.cleaned_data)
        values.setdefault("themes", [])
        values["new_themes"] = [name.strip() for name in values["new_themes"].split(",") if name.strip()]
        return values


class ShareForm(TellingForm):
    seen = forms.CharField(widget=forms.HiddenInput)


class GuideForm(TellingForm):
    """The letter and the six questions."""

    invitation = _text(
        _("Invitation"),
        TEXT_LENGTH,
        rows=10,
        help_text=_("{name}, {ours} and {theirs} are filled in when somebody is asked."),
    )
    questions = _text(
        _("Six open questions, one a line"), (QUESTIONS + 2) * SENTENCE_LENGTH, rows=12,
        help_text=_("Open: nothing that yes or no would answer. None that asks you not to do your job."),
    )  # fmt: skip
    reason = _why(required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def parts(self) -> dict[str, Any]:
        return {**self.cleaned_data, "questions": lines_of(self.cleaned_data["questions"])}


class CharterForm(TellingForm):
    """What the charter says, one sentence a line."""

    refusing = _text(_("How you say no, one sentence a line"), 10 * SENTENCE_LENGTH, rows=6)
    standing = _text(_("What you always do, one sentence a line"), 10 * SENTENCE_LENGTH, rows=8)
    contact = forms.CharField(
        label=_("Whom to ask"),
        max_length=SENTENCE_LENGTH,
        help_text=_("A name or a place, and how to reach it."),
    )
    reason = _why(required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def parts(self) -> dict[str, Any]:
        values = self.cleaned_data
        return {**values, "refusing": lines_of(values["refusing"]), "standing": lines_of(values["standing"])}


class BetweenForm(TellingForm):
    """Who promises whom."""

    unit = forms.TypedChoiceField(label=_("Who promises?"), coerce=int)
    to = forms.TypedChoiceField(label=_("To which unit?"), coerce=int)

    def __init__(self, units: Choices, others: Choices, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "unit", units)
        offer(self, "to", others)


class PromiseForm(TellingForm):
    """What is promised, by whom, until when."""

    what = _text(
        _("What do you promise?"),
        SENTENCE_LENGTH,
        rows=2,
        help_text=_("One thing, in a sentence anybody understands."),
    )
    owner = forms.TypedChoiceField(label=_("Who sees to it?"), coerce=int)
    due = _day(_("Until which day?"), _("The first day promised is the one that counts."))
    person = forms.TypedChoiceField(
        label=_("Who says whether it was kept?"), coerce=int, required=False, empty_value=None
    )
    key = forms.CharField(widget=forms.HiddenInput, max_length=60)

    def __init__(self, owners: Choices, people: Choices, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "owner", owners)
        offer(self, "person", [("", gettext("Anybody of the unit")), *people])
        self.fields["key"].initial = str(uuid4())


class CloseForm(TellingForm):
    state = forms.TypedChoiceField(
        label=_("What became of it?"),
        coerce=CommitmentState,
        choices=[(CommitmentState.DONE.value, _("Done")), (CommitmentState.NOT_DONE.value, _("Not done"))],
        widget=forms.RadioSelect,
    )
    why = _why(_("What was done, or why not"))


class ReopenForm(TellingForm):
    due = _day(_("Until which day?"), _("The day first promised stays the one that counts."))
    why = _why()


class ReassignForm(TellingForm):
    owner = forms.TypedChoiceField(label=_("Who sees to it from now on?"), coerce=int)
    why = _why()

    def __init__(self, owners: Choices, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "owner", owners)


class AnswerForm(TellingForm):
    kept = forms.TypedChoiceField(
        label=_("Was it kept?"),
        coerce=Answer,
        choices=[(answer.value, _(words)) for answer, words in ANSWERS.items()],
        widget=forms.RadioSelect,
    )
    words = _text(
        _("In a sentence"), REASON_LENGTH, rows=2, help_text=_("Both units read it, with your name.")
    )


class CommitmentFilter(forms.Form):
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("All")),
            (OVERDUE, _("overdue")),
            *((state.value, _(words)) for state, words in COMMITMENT_STATES.items()),
        ],
    )
    unit = forms.TypedChoiceField(label=_("Unit"), required=False, coerce=int, empty_value=None)
    search = forms.CharField(label=_("Find"), required=False, max_length=NAME_LENGTH)

    def __init__(self, units: Choices, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "unit", [("", gettext("All units")), *units])

    def wanted(self) -> dict[str, Any]:
        """What was asked for; what nobody can ask for is left out."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class InterviewFilter(CommitmentFilter):
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("All")), *((state.value, _(words)) for state, words in INTERVIEW_STATES.items())],
    )

    def wanted(self) -> dict[str, Any]:
        found = super().wanted()
        return {{"unit": "other"}.get(name, name): value for name, value in found.items()}
