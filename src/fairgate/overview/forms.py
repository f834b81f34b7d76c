"""The ten rows of the guided start."""

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from fairgate.organisation.rules import NAME_LENGTH, FactKind, NeedKind, NeedRow, faults_of
from fairgate.organisation.wording import faults
from fairgate.organisation.wording.columns import LABELS

ROWS = 10
# What stays empty is taken from the line above, as people expect from a spreadsheet.
REPEATED = ("process", "external")
SUGGESTED = {
    "customer": "unit",
    "supplier": "unit",
    "process": "process",
    "external": "external",
    "what": "service",
}


class NeedLine(forms.Form):
    """One line: who needs what from whom, in which process, to serve whom."""

    use_required_attribute = False

    kind = forms.TypedChoiceField(
        label=_("Help or release"),
        coerce=NeedKind,
        choices=[(NeedKind.HELP.value, _("help")), (NeedKind.RELEASE.value, _("release"))],
        required=False,
        empty_value=NeedKind.HELP,
    )
    volume = forms.DecimalField(
        label=_("Volume a year"), required=False, max_digits=15, decimal_places=3, localize=True
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, suggested in SUGGESTED.items():
            self.fields[name] = forms.CharField(
                label=_(LABELS[FactKind.NEEDS][name]),
                required=False,
                max_length=NAME_LENGTH,
                widget=forms.TextInput(attrs={"list": f"known-{suggested}", "autocomplete": "off"}),
            )
        self.order_fields(["customer", "what", "supplier", "process", "external", "kind", "volume"])

    @property
    def is_empty(self) -> bool:
        """Nothing was typed but what the line offered by itself."""
        return not self.errors and not any(
            self.cleaned_data.get(name) for name in ("customer", "what", "volume")
        )


if TYPE_CHECKING:
    Lines = forms.BaseFormSet[NeedLine]
else:  # generic for the type checker only
    Lines = forms.BaseFormSet


class NeedLines(Lines):
    """Up to ten lines, saved together."""

    def add_fields(self, form: NeedLine, index: int | None) -> None:
        super().add_fields(form, index)
        for name in REPEATED if index else ():
            form.fields[name].widget.attrs["placeholder"] = _("as above")

    def rows(self) -> list[NeedRow]:
        """The lines that were filled in, numbered as on the page, with repeated cells filled down."""
        rows: list[NeedRow] = []
        above: dict[str, str] = {}
        for number, line in enumerate(self.forms, start=1):
            if line.is_empty:
                continue
            values = {name: line.cleaned_data.get(name) or above.get(name, "") for name in REPEATED}
            above = values
            names = {name: line.cleaned_data.get(name, "") for name in ("customer", "what", "supplier")}
            kind = line.cleaned_data.get("kind") or NeedKind.HELP
            volume = line.cleaned_data.get("volume")
            rows.append(NeedRow(row=number, kind=kind, volume=volume, **names, **values))
        return rows

    def can_be_saved(self) -> bool:
        """Whether every line is right; what is not is said beside its cell, all of it at once."""
        if not self.is_bound or not self.management_form.is_valid():
            return False
        self.full_clean()
        for fault in faults_of(self.rows()):
            line = self.forms[fault.row - 1]
            if fault.column not in line.errors:
                line.add_error(fault.column, faults.problem(fault, translation))
        return self.is_valid()


def need_lines(data: Any, supplier: str) -> NeedLines:
    """An empty formset that offers ``supplier`` in every line, or the one that was sent."""
    factory = forms.formset_factory(NeedLine, formset=NeedLines, extra=ROWS, max_num=50)
    lines = factory(data, prefix="needs", form_kwargs={"initial": {"supplier": supplier}})
    return cast("NeedLines", lines)
