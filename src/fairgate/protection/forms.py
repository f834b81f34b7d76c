"""Forms of the room."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from fairgate.protection.rules import (
    NAME_LENGTH,
    REASON_LENGTH,
    TEXT_LENGTH,
    ComplaintRow,
    Level,
    Nature,
    RowFault,
    WouldHave,
)
from fairgate.protection.wording import faults
from fairgate.protection.wording.names import HINTS, LABELS, SEVERITIES, WOULD_HAVE
from fairgate.web.forms import offer


def _text(
    name: str, *, required: bool = True, rows: int = 0, most: int = NAME_LENGTH, **more: Any
) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput(attrs={"autocomplete": "off"})
    hint = _(HINTS[name]) if name in HINTS else ""
    return forms.CharField(
        label=_(LABELS[name]), required=required, max_length=most, help_text=hint, widget=widget, **more
    )


class JudgeForm(forms.Form):
    """What would have happened?"""

    would_have = forms.TypedChoiceField(
        label=_("If it had been let through, what would have happened?"),
        coerce=WouldHave,
        choices=[(it.value, _(WOULD_HAVE[it].capitalize())) for it in WouldHave],
        widget=forms.RadioSelect,
        help_text=_(
            "The worst that was likely, as you see it. The other side doesn’t see your answer before they gave theirs."
        ),
    )
    note = forms.CharField(
        label=_("Why do you think so?"),
        required=False,
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ComplaintForm(forms.Form):
    """One complaint, or something found inside."""

    kind = forms.TypedChoiceField(
        label=_("Who found it?"),
        coerce=Nature,
        choices=[
            (Nature.COMPLAINT.value, _("An external customer complained")),
            (Nature.FINDING.value, _("We found it ourselves")),
        ],
        initial=Nature.COMPLAINT.value,
        widget=forms.RadioSelect,
    )
    product = _text("product")
    lot = _text("lot")
    nature = _text("nature", rows=4, most=TEXT_LENGTH)
    severity = forms.TypedChoiceField(
        label=_("Severity"),
        coerce=Level,
        choices=[(it.value, _(SEVERITIES[it].capitalize())) for it in Level],
        widget=forms.RadioSelect,
    )
    received = forms.DateField(
        label=_("Received on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    complainant = _text("complainant", required=False)
    external = _text("external", required=False)
    reply = _text("reply", required=False, rows=3, most=TEXT_LENGTH)
    token = forms.CharField(widget=forms.HiddenInput, max_length=60)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["token"].initial = uuid4().hex
        self.fields["external"].widget.attrs["list"] = "known-external"

    def row(self) -> ComplaintRow:
        return ComplaintRow(**{name: value for name, value in self.cleaned_data.items() if name != "token"})

    def show(self, found: Iterable[RowFault]) -> None:
        """Put what the action refused beside the fields it is about."""
        for fault in found:
            self.add_error(fault.column, faults.problem(fault, translation))


class ReplyForm(forms.Form):
    reply = _text("reply", rows=6, most=TEXT_LENGTH)


class NotInvestigatedForm(forms.Form):
    not_investigated = _text("not_investigated", rows=3, most=REASON_LENGTH)


class ReferenceForm(forms.Form):
    reference = _text("reference")


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Why"),
        max_length=REASON_LENGTH,
        help_text=_("Kept in the ledger with your name."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class LinkForm(ReasonForm):
    """Which decision let it out?"""

    decision = forms.TypedChoiceField(
        label=_("Which decision let it out?"), coerce=int, widget=forms.RadioSelect
    )
    field_order = ["decision", "reason"]

    def __init__(self, decisions: Iterable[tuple[int, str]], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "decision", decisions)


class ImportForm(forms.Form):
    file = forms.FileField(label=_("A file"), help_text=_("XLSX or CSV, one complaint a row."))
    sheet = forms.CharField(label=_("Sheet of the workbook"), required=False, max_length=NAME_LENGTH)
    date_format = forms.CharField(
        label=_("How dates are written"),
        required=False,
        max_length=40,
        help_text=_("Such as dd.mm.yyyy. Leave it empty and it is found out."),
    )

    def choices(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("sheet", "date_format") if self.cleaned_data[name]}
