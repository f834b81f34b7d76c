"""Forms: one per kind of fact, made from the same columns as tables and spreadsheets."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fairgate.organisation.imports.tables import with_header
from fairgate.organisation.rules import (
    DESCRIPTION_LENGTH,
    EVENTS,
    NAME_LENGTH,
    REASON_LENGTH,
    ROW_TYPES,
    FactKind,
    FlowKind,
    NeedKind,
    Row,
    RowFault,
    Verdict,
)
from fairgate.organisation.wording import faults
from fairgate.organisation.wording.columns import CHOICES, HINTS, LABELS, TITLES
from fairgate.web.forms import offer

# Which list of known names a column is suggested from.
SUGGESTED = {
    "customer": "unit",
    "supplier": "unit",
    "unit": "unit",
    "over": "unit",
    "source": "unit",
    "target": "unit",
    "process": "process",
    "external": "external",
    "what": "service",
}


class FactForm(forms.Form):
    """One fact of ``kind``. `row` is what it says once it is valid."""

    def __init__(
        self,
        kind: FactKind,
        *args: Any,
        asks_why: bool | None = None,
        shown: str | None = None,
        **options: Any,
    ) -> None:
        """``shown`` stands for what the fact says now, so that two people don't overwrite each other.
        ``asks_why``: whether a reason has to be given (True), may be (False), or isn't asked for (None)."""
        super().__init__(*args, **options)
        self.kind = kind
        self.row_type = ROW_TYPES[kind]
        for name, label in LABELS[kind].items():
            self.fields[name] = self._field(name, label)

        if asks_why is not None:
            self.fields["reason"] = forms.CharField(
                label=_("Why"),
                required=asks_why,
                max_length=REASON_LENGTH,
                help_text=_("Kept in the ledger with your name."),
                widget=forms.Textarea(attrs={"rows": 2}),
            )

        if shown is not None:
            self.fields["shown"] = forms.CharField(initial=shown, widget=forms.HiddenInput, required=False)
        self.now = shown

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if self.now is not None and values.get("shown") != self.now:
            raise forms.ValidationError(
                _(
                    "Somebody changed this while you looked at it. See what it says now, then change it again."
                ),
                code="changed-meanwhile",
            )
        return values

    @property
    def reason(self) -> str:
        return str(self.cleaned_data.get("reason", ""))

    def row(self) -> Row:
        values = {name: self.cleaned_data[name] for name in LABELS[self.kind]}
        return self.row_type(**values)

    def show(self, found: Iterable[RowFault]) -> None:
        """Put what the action refused beside the fields it is about."""
        for fault in found:
            self.add_error(fault.column, faults.problem(fault, translation))

    def _field(self, name: str, label: str) -> forms.Field:
        required = name in self.row_type.required
        hint = HINTS.get(name, "")
        common: dict[str, Any] = {
            "label": _(label),
            "required": required,
            "help_text": _(hint) if hint else "",
        }
        if name == "kind":
            kinds = NeedKind if self.kind is FactKind.NEEDS else FlowKind
            choices = [(kind.value, _(CHOICES[kind])) for kind in kinds]
            return forms.TypedChoiceField(
                **{**common, "required": True},
                choices=choices,
                coerce=kinds,
                initial=next(iter(kinds)).value,
                widget=forms.RadioSelect,
            )
        if name == "volume":
            return forms.DecimalField(**common, max_digits=15, decimal_places=3, localize=True)
        if name == "description":
            return forms.CharField(
                **common, max_length=DESCRIPTION_LENGTH, widget=forms.Textarea(attrs={"rows": 3})
            )
        if name == "name" or name not in SUGGESTED:
            return forms.CharField(**common, max_length=NAME_LENGTH)
        return forms.CharField(
            **common,
            max_length=NAME_LENGTH,
            widget=forms.TextInput(attrs={"list": f"known-{SUGGESTED[name]}", "autocomplete": "off"}),
        )


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Why"),
        max_length=REASON_LENGTH,
        help_text=_("Kept in the ledger with your name."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class JudgementForm(ReasonForm):
    """Confirm or strike a need."""

    verdict = forms.TypedChoiceField(
        label=_("Is this true?"),
        coerce=Verdict,
        choices=[
            (Verdict.CONFIRMED.value, _("Yes, confirm it")),
            (Verdict.STRUCK.value, _("No, strike it")),
        ],
        widget=forms.RadioSelect,
    )
    field_order = ["verdict", "reason"]


class FunctionForm(forms.Form):
    """Which function are you?"""

    name = forms.CharField(
        label=_("Which function are you?"),
        max_length=NAME_LENGTH,
        help_text=_(
            "The team or department whose job is sometimes to say no, such as Quality, Legal or Internal audit."
        ),
        widget=forms.TextInput(attrs={"list": "known-unit", "autocomplete": "off"}),
    )
    description = forms.CharField(
        label=_("What is it responsible for?"),
        required=False,
        max_length=DESCRIPTION_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class MemberForm(forms.Form):
    person = forms.TypedChoiceField(label=_("Person"), coerce=int)

    def __init__(self, people: Iterable[tuple[int, str]], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "person", people)


class ImportForm(forms.Form):
    """A file, or a table pasted from a spreadsheet."""

    file = forms.FileField(
        label=_("A file"),
        required=False,
        help_text=_("XLSX or CSV with needs, flows, gates, units or services; XES, CSV or XLSX with events."),
    )
    pasted = forms.CharField(
        label=_("or a table, pasted from a spreadsheet"),
        required=False,
        max_length=2_000_000,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "class": "pasted"}),
    )

    kind = forms.ChoiceField(label=_("What is in it?"), required=False)
    unit_from = forms.CharField(label=_("Column that names the unit"), required=False, max_length=NAME_LENGTH)
    value_from = forms.CharField(label=_("Column with the amount"), required=False, max_length=NAME_LENGTH)
    external_from = forms.CharField(
        label=_("Column with the external customer"), required=False, max_length=NAME_LENGTH
    )
    document_from = forms.CharField(
        label=_("Column with the process document"), required=False, max_length=NAME_LENGTH
    )
    case = forms.CharField(label=_("Column with the case"), required=False, max_length=NAME_LENGTH)
    activity = forms.CharField(label=_("Column with the activity"), required=False, max_length=NAME_LENGTH)
    time = forms.CharField(label=_("Column with the time"), required=False, max_length=NAME_LENGTH)
    sheet = forms.CharField(label=_("Sheet of the workbook"), required=False, max_length=NAME_LENGTH)
    date_format = forms.CharField(label=_("How dates are written"), required=False, max_length=40)
    approve = forms.CharField(label=_("Activities that approve"), required=False, max_length=500)
    reject = forms.CharField(label=_("Activities that reject"), required=False, max_length=500)
    returns = forms.CharField(label=_("Activities that return"), required=False, max_length=500)
    served = forms.CharField(label=_("Activities that mean “served”"), required=False, max_length=500)

    # What only those need whose file names things in its own way.
    DETAILS = (
        "unit_from", "case", "activity", "time", "value_from", "external_from", "document_from", "sheet", "date_format",
        "approve", "reject", "returns", "served",
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        kinds = [(kind.value, _(TITLES[kind])) for kind in FactKind]
        offer(self, "kind", [("", _("Find out")), (EVENTS, _("Events (a log)")), *kinds])

    def choices(self) -> dict[str, str]:
        """The options as a profile holds them."""
        named = {"returns": "return"}
        return {
            named.get(name, name): self.cleaned_data[name] for name in self.DETAILS if self.cleaned_data[name]
        }

    def content(self) -> tuple[str, Iterable[bytes]]:
        """A name for the file, and its bytes in pieces."""
        if file := self.cleaned_data["file"]:
            return file.name, file.chunks()
        kind = self.cleaned_data["kind"]
        text = with_header(self.cleaned_data["pasted"], FactKind(kind) if kind in set(FactKind) else None)
        return gettext("pasted table"), [text.encode()]

    @property
    def details(self) -> list[forms.BoundField]:
        return [self[name] for name in self.DETAILS]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if "file" not in self.errors and bool(values.get("file")) == bool(
            (values.get("pasted") or "").strip()
        ):
            raise forms.ValidationError(
                _("Choose a file or paste a table: one of the two."), code="one-of-two"
            )
        return values
